package io.generalbots.operator.cluster.certificates;

import io.generalbots.operator.kernel.Entropy;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;

/** Keys and serial numbers that differ from each other and come in the same order every time. */
final class Repeatable implements Entropy {

  private final SecureRandom random;
  private long serial;

  Repeatable() {
    try {
      random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(1);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String password(int length) {
    throw new UnsupportedOperationException("certificates have no passwords");
  }

  @Override
  public String key() {
    throw new UnsupportedOperationException("certificates are made with pairs");
  }

  @Override
  public KeyPair keyPair() {
    return keyPair("EC", 256);
  }

  KeyPair keyPair(String algorithm, int bits) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public BigInteger serial() {
    serial++;
    return BigInteger.valueOf(serial);
  }
}
