package io.generalbots.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A generated file that is kept in the repository: compared by default, written on request. */
final class CheckedIn {

  /** The root of the repository: tests run in the module's folder. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private CheckedIn() {}

  /** Compares, or writes when the given system property says {@code write}. */
  static void check(String property, Path file, String generated) {
    try {
      if ("write".equals(System.getProperty(property))) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, generated);
      }
      assertThat(file).as("run: mvn -pl crds test -D%s=write", property).hasContent(generated);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
