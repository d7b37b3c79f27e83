package io.generalbots.edge.address;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike, such as 10.0.0.0/8.
 *
 * @param base any of them
 * @param length bits that are alike, 0 to 32 or 128
 */
public record Network(InetAddress base, int length) {

  private static final Pattern FORM = Pattern.compile("([^/]+)(?:/(0|[1-9][0-9]{0,2}))?");

  /** Refuses more bits than an address has. */
  public Network {
    if (length < 0 || length > bits(base)) {
      throw new IllegalArgumentException(
          "a network of %s has at most %d bits, not %d"
              .formatted(base.getHostAddress(), bits(base), length));
    }
  }

  /**
   * The network of a text; a single address is one of itself.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Network parse(String text) {
    var match = FORM.matcher(text.strip());
    if (!match.matches()) {
      throw new IllegalArgumentException("a network reads like 10.0.0.0/8, not: " + text);
    }
    var base =
        Literal.of(match.group(1))
            .orElseThrow(() -> new IllegalArgumentException("this is no address: " + text));
    var length = match.group(2) == null ? bits(base) : Integer.parseInt(match.group(2));
    return new Network(base, length);
  }

  /** Whether an address is one of them. */
  public boolean contains(InetAddress address) {
    var ours = base.getAddress();
    var theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    var whole = length / 8;
    if (!Arrays.equals(ours, 0, whole, theirs, 0, whole)) {
      return false;
    }
    var rest = length % 8;
    return rest == 0 || (ours[whole] ^ theirs[whole]) >> (8 - rest) == 0;
  }

  private static int bits(InetAddress address) {
    return address.getAddress().length * 8;
  }
}
