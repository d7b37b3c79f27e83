package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.shared.TlsMode;
import io.generalbots.operator.cluster.servers.Address;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an application reaches the primary, as the keys of the published Secret.
 *
 * @param situation the cluster
 * @param password the application's password
 */
record Connection(Situation situation, String password) {

  private static final String CA = "ca.crt";

  Map<String, String> keys() {
    var mode = situation.spec().tls().mode();
    var keys = new TreeMap<String, String>();
    keys.put("host", host());
    keys.put("port", Integer.toString(Names.PORT));
    keys.put("uri", uri(mode == TlsMode.REQUIRED ? "rediss" : "redis", Names.PORT));
    if (mode != TlsMode.DISABLED) {
      keys.put("tls-port", Integer.toString(Names.TLS_PORT));
      keys.put("tls-uri", uri("rediss", Names.TLS_PORT));
      situation
          .facts()
          .find(Secret.class, situation.part().name(Names.SERVER_CERTIFICATE))
          .flatMap(s -> Credentials.value(s, CA))
          .ifPresent(ca -> keys.put(CA, ca));
    }
    return keys;
  }

  private String uri(String scheme, int port) {
    return uri(scheme, Names.USER, password, new Address(host(), port));
  }

  private String host() {
    return situation.host(situation.part().name());
  }

  /** With the user's name: some clients take an empty one for a name. */
  static String uri(String scheme, String user, String password, Address address) {
    return "%s://%s:%s@%s".formatted(scheme, encoded(user), encoded(password), address);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
