package io.generalbots.operator.cluster.livekit;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.shared.TlsMode;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.util.Optional;

/**
 * The Valkey by which servers know of each other and of each other's rooms.
 *
 * @param host its DNS name
 * @param port the port to use
 * @param password of the user of applications
 * @param authority the certificates to trust, as PEM; none where Valkey has no TLS
 */
record Bus(String host, int port, String password, Optional<String> authority) {

  static final String USER = "default";

  private static final String COMPONENT = "valkey";
  private static final int PLAIN = 6379;
  private static final int TLS = 6380;

  /**
   * Whether there is one: a single server uses it too, since while it is replaced there are two.
   */
  static boolean isThere(BotCluster cluster) {
    return cluster.getSpec().valkey().external() == null;
  }

  /** The bus, if all is known of it. */
  static Optional<Bus> of(Situation situation) {
    return situation
        .facts()
        .find(Secret.class, servers(situation).name())
        .flatMap(secret -> of(situation, secret));
  }

  /** Those who serve it. */
  static Part servers(Situation situation) {
    return new Part(situation.part().cluster(), COMPONENT);
  }

  /** The port to use. */
  static int port(Situation situation) {
    return hasTls(situation) ? TLS : PLAIN;
  }

  private static Optional<Bus> of(Situation situation, Secret secret) {
    var password = Secrets.text(secret, "password");
    var authority = Secrets.text(secret, "ca.crt");
    if (password.isEmpty() || (hasTls(situation) && authority.isEmpty())) {
      return Optional.empty();
    }
    var host = situation.host(servers(situation).name());
    var trusted = Optional.of(authority).filter(a -> hasTls(situation));
    return Optional.of(new Bus(host, port(situation), password, trusted));
  }

  private static boolean hasTls(Situation situation) {
    return situation.cluster().getSpec().valkey().tls().mode() != TlsMode.DISABLED;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
