package io.generalbots.operator.tenant.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.operator.kube.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The programs that carry. */
class ProgramsTest {

  private static final Path FOLDER = Path.of("src", "main", "resources", "export");
  private static final Path TESTS = Path.of("src", "test", "resources", "export", "test_export.py");

  @Test
  void anArchiveIsReadAsItWasWrittenAndNothingElseIsBelieved()
      throws IOException, InterruptedException {
    var run =
        new ProcessBuilder("python3", TESTS.toString(), FOLDER.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).as(said).isZero();
  }

  @Test
  void allOfThemAreInThePod() throws IOException {
    var files = Programs.configMap(Part.ofTenant("acme", "export")).getData();
    try (var all = Files.list(FOLDER)) {
      assertThat(files.keySet())
          .containsExactlyInAnyOrderElementsOf(
              all.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList());
    }
  }
}
