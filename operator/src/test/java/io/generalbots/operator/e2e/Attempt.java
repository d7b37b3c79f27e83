package io.generalbots.operator.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Something that must not succeed, and what does in one's own place.
 *
 * @param name of it
 * @param login that tries it
 * @param database where, or a connection string
 * @param statements what is tried
 * @param expected an SQLSTATE, "=" and all that is printed, or a part of the message
 * @param control what succeeds in the login's own database; "-" if it has none
 */
record Attempt(
    String name,
    String login,
    String database,
    String statements,
    String expected,
    String control) {

  private static final Path LISTS = Path.of("src/test/attack");

  /** All that is in a list. */
  static List<Attempt> all(String list) throws IOException {
    return Files.readAllLines(LISTS.resolve(list)).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Attempt::of)
        .toList();
  }

  private static Attempt of(String line) {
    var columns = line.split(" \\| ", 6);
    return new Attempt(columns[0], columns[1], columns[2], columns[3], columns[4], columns[5]);
  }

  /** Whether it came to what had to come. */
  boolean isRepelled(String printed) {
    if (expected.startsWith("=")) {
      return printed.equals(expected.substring(1));
    }
    var isState = expected.matches("[0-9A-Z]{5}") && !expected.matches("[A-Z]+");
    return printed.contains(isState ? ":  " + expected + ":" : expected);
  }

  boolean hasControl() {
    return !"-".equals(control);
  }

  /** The tenant whose login tries it; the owner's name has one letter less. */
  String tenant() {
    return login.substring(login.indexOf('_') + 1);
  }
}
