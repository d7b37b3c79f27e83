package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Wish;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The passwords and the users they belong to.
 *
 * <p>The application's password is the user's to change: whatever the Secret says is what the
 * servers accept. Servers get digests; the internal users' passwords are mounted where they are
 * used.
 */
final class Credentials {

  private static final int LENGTH = 32;
  private static final String USERNAME = "username";
  private static final String PASSWORD = "password";

  /** The internal users, each with no more than its work needs. */
  private static final Map<String, String> INTERNAL =
      Map.of(
          "operator", "~* &* +@all",
          "probe", "resetchannels -@all +ping +info +role",
          "replication", "resetchannels -@all +psync +replconf +ping",
          "sentinel",
              "&* -@all +multi +slaveof +replicaof +ping +exec +subscribe +config|rewrite +role"
                  + " +publish +info +client|setname +client|kill +script|kill");

  /**
   * All that an application may need and nothing that changes the server. It may listen to every
   * channel but not publish to those with a leading underscore: a message to the sentinels' own
   * could tell them of another primary.
   */
  private static final String APPLICATION =
      "~* resetchannels &[^_]* +@all -@admin (&* -@all +psubscribe +subscribe)";

  private final Situation situation;
  private final Optional<Secret> known;
  private final String password;
  private final List<User> internal;
  private final Optional<EdgeLogin> edge;

  Credentials(Situation situation) {
    this.situation = situation;
    var part = situation.part();
    var facts = situation.facts();
    this.known = facts.find(Secret.class, part.name());
    this.password = known(known, PASSWORD, facts);
    this.internal = internal(facts, part.name(Names.INTERNAL));
    this.edge = EdgeLogin.of(situation);
  }

  List<Wish> wishes() {
    var wishes = new ArrayList<Wish>();
    wishes.add(new Wish.Once(published(), situation.retains()));
    wishes.add(new Wish.Once(secret(Names.INTERNAL, passwords()), false));
    wishes.add(
        new Wish.Managed(secret(Names.USERS, Map.of("users.acl", users(), "tenants", tenants()))));
    known.ifPresent(live -> wishes.add(new Wish.Amend(connection(live))));
    edge.ifPresent(login -> wishes.addAll(login.wishes()));
    return wishes;
  }

  /** The users as the servers read them. */
  String users() {
    var application = new User(Names.USER, APPLICATION, password);
    return Stream.concat(Stream.of(application), internal.stream())
        .map(User::line)
        .collect(Collectors.joining("", "", edge.map(EdgeLogin::line).orElse("")));
  }

  /** Those of Tenants, which a script of the servers adds to them. */
  String tenants() {
    return TenantUsers.lines(situation.facts()).collect(Collectors.joining());
  }

  private Map<String, String> passwords() {
    return internal.stream().collect(Collectors.toMap(User::name, User::password));
  }

  private Secret published() {
    return new SecretBuilder()
        .withMetadata(situation.part().meta())
        .withType("kubernetes.io/basic-auth")
        .withData(encoded(Map.of(USERNAME, Names.USER, PASSWORD, password)))
        .build();
  }

  /** What follows from the password and the spec, kept in step with both. */
  private Secret connection(Secret live) {
    var keys = new Connection(situation, password).keys();
    return new SecretBuilder()
        .withNewMetadata()
        .withName(live.getMetadata().getName())
        .withUid(live.getMetadata().getUid())
        .endMetadata()
        .withData(encoded(keys))
        .build();
  }

  private Secret secret(String suffix, Map<String, String> values) {
    return new SecretBuilder()
        .withMetadata(situation.part().meta(suffix))
        .withType("Opaque")
        .withData(encoded(values))
        .build();
  }

  private static List<User> internal(Facts facts, String name) {
    var live = facts.find(Secret.class, name);
    return INTERNAL.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> new User(e.getKey(), e.getValue(), known(live, e.getKey(), facts)))
        .toList();
  }

  private static String known(Optional<Secret> live, String key, Facts facts) {
    return live.flatMap(s -> value(s, key)).orElseGet(() -> facts.entropy().password(LENGTH));
  }

  static Optional<String> value(Secret secret, String key) {
    return Optional.ofNullable(secret.getData())
        .flatMap(d -> Optional.ofNullable(d.get(key)))
        .map(v -> new String(Base64.getDecoder().decode(v), StandardCharsets.UTF_8));
  }

  private static Map<String, String> encoded(Map<String, String> values) {
    var encoded = new HashMap<String, String>();
    values.forEach(
        (key, value) ->
            encoded.put(
                key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    return encoded;
  }

  /** One line of the users' file. */
  private record User(String name, String rules, String password) {

    String line() {
      return "user %s on #%s %s\n".formatted(name, Digest.sha256(password), rules);
    }
  }
}
