package io.generalbots.operator.cluster.recording;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kube.Secrets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The bucket for recordings, as the Secret of its user tells it.
 *
 * @param secret that Secret
 */
record Store(Secret secret) {

  private static final String TLS_URI = "tls-uri";

  boolean isWhole() {
    return !text("username").isBlank() && !text("password").isBlank() && !text("uri").isBlank();
  }

  /** By TLS where the store has that. */
  String endpoint() {
    var secured = text(TLS_URI);
    return secured.isEmpty() ? text("uri") : secured;
  }

  int port() {
    return Integer.parseInt(text(text(TLS_URI).isEmpty() ? "port" : "tls-port"));
  }

  /** Whom to trust, where that is not an authority that everybody knows. */
  Optional<String> authority() {
    return Optional.of(text("ca.crt")).filter(pem -> !pem.isEmpty());
  }

  /** As the recorder is told of it. */
  Map<String, Object> settings() {
    var s3 = new LinkedHashMap<String, Object>();
    s3.put("access_key", text("username"));
    s3.put("secret", text("password"));
    s3.put("region", text("region"));
    s3.put("endpoint", endpoint());
    s3.put("bucket", text("bucket"));
    s3.put("force_path_style", true);
    return s3;
  }

  private String text(String key) {
    return Secrets.text(secret, key);
  }

  @Override
  public String toString() {
    return endpoint();
  }
}
