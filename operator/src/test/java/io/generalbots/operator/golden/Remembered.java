package io.generalbots.operator.golden;

import io.generalbots.operator.kernel.Entropy;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Randomness that remembers every secret it gave away, in each form it could be found in. */
final class Remembered implements Entropy {

  private static final String FORM = "Sent%06d";

  /** The part of a key's first line in PEM that is of the key itself: 96 bits of it. */
  private static final int KEY_BEGINS = 48;

  private static final int PEM_LINE = 64;

  /** Of 256 bits in hexadecimal digits. */
  private static final int KEY_DIGITS = 64;

  private final List<String> forms = new ArrayList<>();
  private int count;

  @Override
  public String password(int length) {
    var name = FORM.formatted(count++);
    remember(name);
    return name + "x".repeat(length - name.length());
  }

  @Override
  public String key() {
    var name = HexFormat.of().formatHex(FORM.formatted(count++).getBytes(StandardCharsets.UTF_8));
    remember(name);
    return name + "0".repeat(KEY_DIGITS - name.length());
  }

  @Override
  public KeyPair keyPair() {
    var pair = Repeating.generate();
    var pem = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
    remember(pem.substring(KEY_BEGINS, PEM_LINE));
    forms.add(((ECPrivateKey) pair.getPrivate()).getS().toString(16));
    count++;
    return pair;
  }

  @Override
  public BigInteger serial() {
    return BigInteger.valueOf(1L + count);
  }

  /** How many secrets there were. */
  int count() {
    return count;
  }

  /** The secrets in this text, in whatever form. */
  List<String> in(String text) {
    return forms.stream().filter(text::contains).toList();
  }

  private void remember(String secret) {
    forms.add(secret);
    var bytes = secret.getBytes(StandardCharsets.UTF_8);
    forms.add(HexFormat.of().formatHex(bytes));
    Stream.of(0, 1, 2).map(offset -> encoded(bytes, offset)).forEach(forms::add);
  }

  /** In Base64, where so many bytes stand before it: only what depends on it alone. */
  private static String encoded(byte[] bytes, int offset) {
    var padded = new byte[offset + bytes.length];
    System.arraycopy(bytes, 0, padded, offset, bytes.length);
    var whole = Arrays.copyOf(padded, padded.length / 3 * 3);
    return Base64.getEncoder().encodeToString(whole).substring(offset == 0 ? 0 : 4);
  }
}
