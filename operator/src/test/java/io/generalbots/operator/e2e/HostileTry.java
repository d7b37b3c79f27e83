package io.generalbots.operator.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Something that must not work, beside what has to work in the same way.
 *
 * @param attempt the command that leads nowhere
 * @param control the command that shows that the way is there
 */
record HostileTry(String attempt, String control) {

  private static final String BETWEEN = " || ";

  /** All of a file below {@code src/test/attack}. */
  static List<HostileTry> of(String file) {
    try {
      return Files.readAllLines(Path.of("src/test/attack", file)).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(HostileTry::parsed)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HostileTry parsed(String line) {
    var between = line.indexOf(BETWEEN);
    return new HostileTry(line.substring(0, between), line.substring(between + BETWEEN.length()));
  }
}
