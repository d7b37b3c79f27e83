package io.generalbots.edge.route;

import java.util.List;
import java.util.Optional;

/**
 * Where the key of a request may be.
 *
 * @param header every value of header {@value #HEADER}, as sent: a character for each byte
 * @param query of its URI
 */
public record Keys(List<String> header, Query query) {

  /** The header that has the key. */
  public static final String HEADER = "X-Generalbots-Key";

  private static final int LONGEST = 1024;

  public Keys {
    header = List.copyOf(header);
  }

  /**
   * The key: that of the header, else of the parameter of this name.
   *
   * @throws IllegalArgumentException with the reason, if there are two or it is no text
   */
  Optional<String> named(String parameter) {
    var where = header.isEmpty() ? "parameter " + parameter : "header " + HEADER;
    var keys = read(parameter, where);
    if (keys.size() > 1) {
      throw new IllegalArgumentException(where + " is there twice");
    }
    if (keys.stream().anyMatch(key -> key.length() > LONGEST)) {
      throw new IllegalArgumentException(
          "%s is longer than %d characters".formatted(where, LONGEST));
    }
    return keys.stream().findFirst();
  }

  private List<String> read(String parameter, String where) {
    try {
      return header.isEmpty()
          ? query.values(parameter)
          : header.stream().map(Utf8::ofHeader).toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + " is no text: " + e.getMessage(), e);
    }
  }
}
