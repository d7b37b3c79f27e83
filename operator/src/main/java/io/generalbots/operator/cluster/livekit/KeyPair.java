package io.generalbots.operator.cluster.livekit;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.util.Map;

/**
 * A key by which one may come in, and the secret that tokens are signed with.
 *
 * @param name of the Secret that keeps it
 * @param key its name on the tokens
 * @param secret what signs them
 */
record KeyPair(String name, String key, String secret) {

  private static final String PREFIX = "API";
  private static final int KEY_LENGTH = 12;

  /** LiveKit takes less than 32 for too little. */
  private static final int SECRET_LENGTH = 48;

  static KeyPair fresh(String name, Facts facts) {
    var entropy = facts.entropy();
    return new KeyPair(
        name, PREFIX + entropy.password(KEY_LENGTH), entropy.password(SECRET_LENGTH));
  }

  static KeyPair read(Secret secret) {
    return new KeyPair(
        secret.getMetadata().getName(),
        Secrets.text(secret, Names.API_KEY),
        Secrets.text(secret, Names.API_SECRET));
  }

  /** The same under another name. */
  KeyPair named(String other) {
    return new KeyPair(other, key, secret);
  }

  boolean isWhole() {
    return !key.isEmpty() && !secret.isEmpty();
  }

  Secret keptIn(Part part) {
    return Secrets.opaque(part.named(name), Map.of(Names.API_KEY, key, Names.API_SECRET, secret));
  }

  @Override
  public String toString() {
    return name;
  }
}
