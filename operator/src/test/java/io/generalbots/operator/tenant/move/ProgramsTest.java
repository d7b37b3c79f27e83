package io.generalbots.operator.tenant.move;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.operator.kube.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The programs that carry a database. */
class ProgramsTest {

  private static final Path FOLDER = Path.of("src", "main", "resources", "move");

  @Test
  void allOfThemAreInThePod() throws IOException {
    var needed = new ArrayList<>(List.of("common.py"));
    try (var all = Files.list(FOLDER)) {
      all.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).forEach(needed::add);
    }
    var files = Programs.configMap(Part.ofTenant("acme", "move")).getData();
    assertThat(files.keySet()).containsExactlyInAnyOrderElementsOf(needed);
  }
}
