package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The login of a bucket's user. Its password is for people to change: whatever the Secret says is
 * what the gateways accept.
 */
final class Account {

  static final String USERNAME = "username";
  static final String PASSWORD = "password";

  /** Buckets are made by bot servers themselves: Admin. */
  private static final List<String> ALL = List.of("Admin", "Read", "Write", "List", "Tagging");

  private static final List<String> OWN = List.of("Read", "Write", "List");

  private static final List<String> WRITE = List.of("Write");

  private static final int LENGTH = 40;

  private final Situation situation;
  private final Bucket bucket;
  private final Optional<Secret> known;
  private final Map<String, String> login;

  Account(Situation situation, Bucket bucket) {
    this.situation = situation;
    this.bucket = bucket;
    this.known = situation.facts().find(Secret.class, secret());
    this.login = known.map(Account::read).orElseGet(() -> fresh(situation, bucket));
  }

  /** The name of its Secret. */
  String secret() {
    return bucket.secret(situation.name()).getName();
  }

  String username() {
    return login.getOrDefault(USERNAME, "");
  }

  boolean isWhole() {
    return login.values().stream().noneMatch(String::isBlank);
  }

  /** The Secret, and what in it follows from the spec. */
  Stream<Wish> wishes() {
    var meta = bucket.secret(situation.name());
    var retained = bucket.isEverybodys() && situation.retains();
    return Stream.concat(
        Stream.of(new Wish.Once(Secrets.basicAuth(meta, login), retained)),
        known.map(live -> new Wish.Amend(connection(live))).stream());
  }

  /** Whom the gateways let in. */
  Identity identity() {
    var password = login.getOrDefault(PASSWORD, "");
    return new Identity(bucket.user(), username(), password, actions().toList());
  }

  private Stream<String> actions() {
    if (bucket.isEverybodys()) {
      return ALL.stream();
    }
    var own = bucket.isWrittenOnly() ? WRITE : OWN;
    return own.stream().map(action -> action + ":" + bucket.name());
  }

  /** What follows from the spec, kept in step with it beside the login. */
  private Secret connection(Secret live) {
    var keys = new Connection(situation).keys(bucket);
    var secret = Secrets.basicAuth(live.getMetadata(), keys);
    secret.setMetadata(
        new ObjectMetaBuilder()
            .withName(live.getMetadata().getName())
            .withUid(live.getMetadata().getUid())
            .build());
    secret.setType(null);
    return secret;
  }

  private static Map<String, String> read(Secret secret) {
    return Map.of(
        USERNAME, Secrets.text(secret, USERNAME), PASSWORD, Secrets.text(secret, PASSWORD));
  }

  private static Map<String, String> fresh(Situation situation, Bucket bucket) {
    return Map.of(USERNAME, bucket.user(), PASSWORD, situation.facts().entropy().password(LENGTH));
  }
}
