package io.generalbots.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each spec renders to the objects that stand beside it; {@code -Dgolden=write} writes them. */
class GoldenTest {

  static List<Case> cases() {
    return Case.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rendersWhatIsWritten(Case given) throws IOException {
    var rendered = Yaml.of(World.settled(given));
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(given.output(), rendered);
    }
    assertThat(rendered).isEqualTo(Case.read(given.output()));
  }

  @Test
  void noFileIsUnused() throws IOException {
    for (var given : Case.all()) {
      try (Stream<Path> files = Files.list(given.folder())) {
        assertThat(files.filter(f -> !f.equals(given.found())))
            .containsExactlyInAnyOrder(given.input(), given.output());
      }
    }
  }
}
