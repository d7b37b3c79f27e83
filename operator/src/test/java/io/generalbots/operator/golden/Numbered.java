package io.generalbots.operator.golden;

import io.generalbots.operator.kernel.Entropy;
import java.math.BigInteger;
import java.security.KeyPair;

/**
 * Randomness that repeats itself but for passwords: no two are the same, so that a password that
 * was made anew where an old one had to be kept shows.
 */
public final class Numbered implements Entropy {

  /** What a password or a key looks like. */
  static final String PASSWORD = "Secret\\d{6}x*|5ec4e7\\d{6}f{52}";

  private static final String FORM = "Secret%06d";
  private static final String KEY_FORM = "5ec4e7%06d";
  private static final int KEY_DIGITS = 64;

  private final Repeating rest = new Repeating();
  private int count;

  @Override
  public String password(int length) {
    var name = FORM.formatted(count++);
    return name + "x".repeat(length - name.length());
  }

  @Override
  public String key() {
    var name = KEY_FORM.formatted(count++);
    return name + "f".repeat(KEY_DIGITS - name.length());
  }

  /** Goes on where another one is. */
  void skip(Numbered other) {
    count = other.count;
  }

  @Override
  public KeyPair keyPair() {
    return rest.keyPair();
  }

  @Override
  public BigInteger serial() {
    return rest.serial();
  }
}
