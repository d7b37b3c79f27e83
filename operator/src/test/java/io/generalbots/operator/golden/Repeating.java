package io.generalbots.operator.golden;

import io.generalbots.operator.kernel.Entropy;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;

/** Randomness that repeats itself, so that the same facts give the same plan. */
final class Repeating implements Entropy {

  /** Stands for every password: to be found in Secrets and nowhere else. */
  static final String PASSWORD = "pass";

  /** Stands for every key, likewise. */
  private static final String KEY = "70617373".repeat(8);

  private static final KeyPair KEYS = generate();

  @Override
  public String password(int length) {
    return PASSWORD.repeat(length).substring(0, length);
  }

  @Override
  public String key() {
    return KEY;
  }

  @Override
  public KeyPair keyPair() {
    return KEYS;
  }

  @Override
  public BigInteger serial() {
    return BigInteger.ONE;
  }

  /** A pair that nobody has had. */
  static KeyPair generate() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has elliptic curves", e);
    }
  }
}
