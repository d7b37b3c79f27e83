package io.generalbots.edge.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address as it is written, and nothing that would have to be looked up: {@link
 * InetAddress#getByName} asks a name server for whatever is no address, and takes 010.1 for one.
 */
public final class Literal {

  private static final int LONGEST = "0000:0000:0000:0000:0000:ffff:255.255.255.255".length();
  private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final Pattern FOUR_AND_PORT = Pattern.compile("([0-9.]+):[0-9]{1,5}");
  private static final Pattern SIX_IN_BRACKETS = Pattern.compile("\\[([^\\]]*)\\](?::[0-9]{1,5})?");
  private static final byte[] NOTHING = {};

  private Literal() {}

  /** The address; one of IPv4 in IPv6 (::ffff:192.0.2.1) is the one of IPv4. */
  public static Optional<InetAddress> of(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    return (text.indexOf(':') < 0 ? four(text) : six(text)).map(Literal::address);
  }

  /** The same with a port behind it, as some proxies write it. */
  static Optional<InetAddress> withPort(String text) {
    var four = FOUR_AND_PORT.matcher(text);
    if (four.matches()) {
      return of(four.group(1));
    }
    var six = SIX_IN_BRACKETS.matcher(text);
    return six.matches() ? of(six.group(1)).filter(a -> six.group(1).contains(":")) : of(text);
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }

  private static Optional<byte[]> four(String text) {
    var parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    var bytes = new byte[4];
    for (var i = 0; i < 4; i++) {
      if (!OCTET.matcher(parts[i]).matches() || Integer.parseInt(parts[i]) > 255) {
        return Optional.empty();
      }
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return Optional.of(bytes);
  }

  private static Optional<byte[]> six(String text) {
    var gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text).filter(bytes -> bytes.length == 16);
    }
    var head = text.substring(0, gap);
    var tail = text.substring(gap + 2);
    return head.contains(".")
        ? Optional.empty()
        : groups(head).flatMap(h -> groups(tail).flatMap(t -> around(h, t)));
  }

  /** Two colons stand for at least one group of zeros. */
  private static Optional<byte[]> around(byte[] head, byte[] tail) {
    if (head.length + tail.length > 14) {
      return Optional.empty();
    }
    var bytes = new byte[16];
    System.arraycopy(head, 0, bytes, 0, head.length);
    System.arraycopy(tail, 0, bytes, 16 - tail.length, tail.length);
    return Optional.of(bytes);
  }

  private static Optional<byte[]> groups(String text) {
    if (text.isEmpty()) {
      return Optional.of(NOTHING);
    }
    var parts = text.split(":", -1);
    var last = parts.length - 1;
    var bytes = Optional.of(NOTHING);
    for (var i = 0; i <= last; i++) {
      var next = i == last && parts[i].contains(".") ? four(parts[i]) : group(parts[i]);
      bytes = bytes.flatMap(before -> next.map(after -> joined(before, after)));
    }
    return bytes;
  }

  private static Optional<byte[]> group(String text) {
    if (!GROUP.matcher(text).matches()) {
      return Optional.empty();
    }
    var value = Integer.parseInt(text, 16);
    return Optional.of(new byte[] {(byte) (value >> 8), (byte) value});
  }

  private static byte[] joined(byte[] before, byte[] after) {
    var bytes = new byte[before.length + after.length];
    System.arraycopy(before, 0, bytes, 0, before.length);
    System.arraycopy(after, 0, bytes, before.length, after.length);
    return bytes;
  }
}
