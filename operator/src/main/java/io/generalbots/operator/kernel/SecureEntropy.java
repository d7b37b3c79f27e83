package io.generalbots.operator.kernel;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Entropy of the operating system. */
public final class SecureEntropy implements Entropy {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** The sign bit stays clear within 20 octets, as RFC 5280 §4.1.2.2 asks. */
  private static final int SERIAL_BITS = 159;

  private static final int KEY_BYTES = 32;

  private final SecureRandom random = new SecureRandom();

  @Override
  public String password(int length) {
    return random
        .ints(length, 0, ALPHABET.length())
        .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
        .collect(Collectors.joining());
  }

  @Override
  public String key() {
    var key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return HexFormat.of().formatHex(key);
  }

  @Override
  public KeyPair keyPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has the curve P-256", e);
    }
  }

  @Override
  public BigInteger serial() {
    return new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE);
  }
}
