package io.generalbots.operator.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The settings that General Bots' infrastructure guide has, each with its value there. */
public final class Keys {

  private static final Path FILE = Path.of("src", "test", "resources", "config-keys.csv");

  private Keys() {}

  /**
   * A setting with a value.
   *
   * @param key its name
   * @param value an example
   */
  public record Example(String key, String value) {}

  /** All of them in the order of the file; a key may be there with several values. */
  public static List<Example> examples() {
    return text().lines().map(line -> line.split(",", 2)).map(Keys::example).toList();
  }

  static String text() {
    try {
      return Files.readString(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Example example(String[] cells) {
    return new Example(cells[0], cells[1]);
  }
}
