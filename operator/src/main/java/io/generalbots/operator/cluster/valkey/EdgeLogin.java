package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The user of the gateways. It has a Secret of its own: that of the other users inside the cluster
 * is in the servers' pods, and may be older than this one.
 *
 * @param situation the cluster
 * @param password of the user
 */
record EdgeLogin(Situation situation, String password) {

  /** What one script does to keys of its own, and nothing else. */
  static final String RULES =
      "resetkeys ~edge:* resetchannels -@all +time +get +set +eval +evalsha";

  private static final int LENGTH = 32;
  private static final String AUTHORITY = "ca.crt";
  private static final String PASSWORD = "password";

  /** With the password that there is, or a new one; none where there are no gateways. */
  static Optional<EdgeLogin> of(Situation situation) {
    return Optional.of(situation)
        .filter(s -> Features.isOn(s.cluster(), "gateway"))
        .map(s -> new EdgeLogin(s, password(s)));
  }

  /** One line of the users' file. */
  String line() {
    return "user %s on #%s %s\n".formatted(Names.EDGE, Digest.sha256(password), RULES);
  }

  List<Wish> wishes() {
    var wishes = new ArrayList<Wish>();
    var values = Map.of("username", Names.EDGE, PASSWORD, password);
    wishes.add(new Wish.Once(Secrets.basicAuth(situation.part().meta(Names.EDGE), values), false));
    live(situation)
        .filter(live -> !encrypted() || authority().isPresent())
        .ifPresent(live -> wishes.add(new Wish.Amend(connection(live))));
    return wishes;
  }

  /** What follows from the spec and the certificate, kept in step with both. */
  private Secret connection(Secret live) {
    var host = situation.host(situation.part().name());
    var address = new Address(host, entrance().port());
    var keys = new TreeMap<String, String>();
    keys.put(
        "uri", Connection.uri(encrypted() ? "rediss" : "redis", Names.EDGE, password, address));
    authority().filter(pem -> encrypted()).ifPresent(pem -> keys.put(AUTHORITY, pem));
    var meta = live.getMetadata();
    return new SecretBuilder(Secrets.opaque(situation.part().meta(Names.EDGE), keys))
        .withType(null)
        .withNewMetadata()
        .withName(meta.getName())
        .withUid(meta.getUid())
        .endMetadata()
        .build();
  }

  private boolean encrypted() {
    return entrance().isSecured();
  }

  private CacheEntrance entrance() {
    return new CacheEntrance(situation.cluster());
  }

  private Optional<String> authority() {
    return situation
        .facts()
        .find(Secret.class, situation.part().name(Names.SERVER_CERTIFICATE))
        .flatMap(secret -> Credentials.value(secret, AUTHORITY));
  }

  private static String password(Situation situation) {
    return live(situation)
        .flatMap(secret -> Credentials.value(secret, PASSWORD))
        .orElseGet(() -> situation.facts().entropy().password(LENGTH));
  }

  private static Optional<Secret> live(Situation situation) {
    return situation.facts().find(Secret.class, situation.part().name(Names.EDGE));
  }

  /** Names no password: the text may be logged. */
  @Override
  public String toString() {
    return "login of the gateways at " + situation.part().name();
  }
}
