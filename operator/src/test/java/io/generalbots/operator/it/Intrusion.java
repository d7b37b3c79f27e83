package io.generalbots.operator.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Tenant that asks for what is not its own, and one that asks for the like of it.
 *
 * @param what it is
 * @param name of the Tenant
 * @param spec beside the reference
 * @param reference of its BotCluster
 * @param expected the type and reason of a condition, or "refused"
 * @param controlName name of the Tenant that gets what it asks for
 * @param control what that asks for
 */
record Intrusion(
    String what,
    String name,
    String spec,
    String reference,
    String expected,
    String controlName,
    String control) {

  private static final Path LIST = Path.of("src/test/attack/kubernetes.txt");

  /** All that is listed. */
  static List<Intrusion> all() {
    try {
      return Files.readAllLines(LIST).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Intrusion::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Intrusion of(String line) {
    var c = line.split(" \\| ", 7);
    return new Intrusion(c[0], c[1], c[2], c[3], c[4], c[5], c[6]);
  }

  boolean isRefusedAtOnce() {
    return "refused".equals(expected);
  }

  String type() {
    return expected.split(" ", 2)[0];
  }

  String reason() {
    return expected.split(" ", 2)[1];
  }
}
