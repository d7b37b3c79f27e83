package io.generalbots.operator.kube;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Secrets; values go in and come out as text. */
public final class Secrets {

  private Secrets() {}

  /** A Secret of no special type. */
  public static Secret opaque(ObjectMeta meta, Map<String, String> values) {
    return of(meta, "Opaque", values);
  }

  /** A certificate with its key, and whatever belongs beside it. */
  public static Secret tls(ObjectMeta meta, Map<String, String> values) {
    return of(meta, "kubernetes.io/tls", values);
  }

  /** Credentials with {@code username} and {@code password}, and whatever belongs beside them. */
  public static Secret basicAuth(ObjectMeta meta, Map<String, String> values) {
    return of(meta, "kubernetes.io/basic-auth", values);
  }

  /** The text under a key; empty when there is none. */
  public static String text(Secret secret, String key) {
    var data = secret.getData();
    var value = data == null ? null : data.get(key);
    return value == null
        ? ""
        : new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }

  private static Secret of(ObjectMeta meta, String type, Map<String, String> values) {
    var data = new TreeMap<String, String>();
    values.forEach((key, value) -> data.put(key, encoded(value)));
    return new SecretBuilder().withMetadata(meta).withType(type).withData(data).build();
  }

  private static String encoded(String value) {
    return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }
}
