package io.generalbots.edge.route;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parameters of a URI, decoded strictly and only when they are asked for.
 *
 * @param text what is behind the question mark, as it was sent
 */
public record Query(String text) {

  /** No parameters. */
  public static final Query NONE = new Query("");

  /** Those of a URI, with or without the rest of it. */
  public static Query ofUri(String uri) {
    var fragment = uri.indexOf('#');
    var whole = fragment < 0 ? uri : uri.substring(0, fragment);
    var start = whole.indexOf('?');
    return start < 0 ? NONE : new Query(whole.substring(start + 1));
  }

  /**
   * Every value of a parameter, in order. Others may be written as they like.
   *
   * @throws IllegalArgumentException if one of these is no text
   */
  public List<String> values(String name) {
    return Arrays.stream(text.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> isNamed(name, pair[0]))
        .map(pair -> pair.length < 2 ? "" : decoded(pair[1]))
        .toList();
  }

  /** The first value, if there is one. */
  public Optional<String> first(String name) {
    return values(name).stream().findFirst();
  }

  private static boolean isNamed(String name, String written) {
    return written.equals(name)
        || (written.indexOf('%') >= 0 && lenient(written).anyMatch(name::equals));
  }

  private static Stream<String> lenient(String written) {
    try {
      return Stream.of(decoded(written));
    } catch (IllegalArgumentException e) {
      return Stream.empty(); // Whatever it is called, it is not what is asked for.
    }
  }

  private static String decoded(String written) {
    var bytes = new ByteArrayOutputStream(written.length());
    for (var i = 0; i < written.length(); i++) {
      var c = written.charAt(i);
      if (c == '%') {
        bytes.write(hex(written, i + 1) << 4 | hex(written, i + 2));
        i += 2;
      } else if (c > 0xff) {
        throw new IllegalArgumentException("it has a character that no URI has");
      } else {
        bytes.write(c == '+' ? ' ' : c);
      }
    }
    return Utf8.text(ByteBuffer.wrap(bytes.toByteArray()));
  }

  private static int hex(String text, int index) {
    var digit = index < text.length() && text.charAt(index) < 0x80 ? text.charAt(index) : 'x';
    var value = Character.digit(digit, 16);
    if (value < 0) {
      throw new IllegalArgumentException("it has a percent sign without two digits behind it");
    }
    return value;
  }
}
