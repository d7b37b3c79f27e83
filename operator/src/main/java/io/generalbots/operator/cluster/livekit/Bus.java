package io.generalbots.operator.cluster.livekit;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.shared.TlsMode;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Valkey by which servers know of each other and of each other's rooms.
 *
 * @param host its DNS name
 * @param port the port to use
 * @param password of the user of applications
 * @param authority the certificates to trust, as PEM; none where Valkey has no TLS
 */
public record Bus(String host, int port, String password, Optional<String> authority) {

  /** The user of applications. */
  public static final String USER = "default";

  /** The file with the certificates to trust. */
  public static final String AUTHORITY_FILE = "bus-ca.crt";

  private static final String PASSWORD_FILE = "bus-password";
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

  /**
   * As LiveKit's programs are told of it.
   *
   * @param authorityFile the file with the certificates to trust
   */
  public Map<String, Object> settings(String authorityFile) {
    var redis = new LinkedHashMap<String, Object>();
    redis.put("address", toString());
    redis.put("username", USER);
    redis.put("password", password);
    if (authority.isPresent()) {
      var tls = new LinkedHashMap<String, Object>();
      tls.put("enabled", true);
      tls.put("ca_cert_file", authorityFile);
      redis.put("tls", tls);
    }
    return redis;
  }

  /** The files by which the script finds it, by their names. */
  public Map<String, String> files() {
    var files = new TreeMap<String, String>();
    files.put(PASSWORD_FILE, password);
    authority.ifPresent(pem -> files.put(AUTHORITY_FILE, pem));
    return files;
  }

  /** The variables by which the script finds it. */
  public List<EnvVar> variables() {
    return List.of(
        new EnvVar("BUS_HOST", host, null), new EnvVar("BUS_PORT", Integer.toString(port), null));
  }

  private static boolean hasTls(Situation situation) {
    return situation.cluster().getSpec().valkey().tls().mode() != TlsMode.DISABLED;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
