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

/** What each Tenant comes to stands beside it; {@code -Dgolden=write} writes it. */
class TenantGoldenTest {

  static List<TenantCase> cases() {
    return TenantCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void comesToWhatIsWritten(TenantCase given) throws IOException {
    var text = new TenantWorld(given).settle().text();
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(given.files().output(), text);
    }
    assertThat(text).isEqualTo(Case.read(given.files().output()));
  }

  @Test
  void noFileIsUnused() throws IOException {
    for (var given : TenantCase.all()) {
      var files = given.files();
      try (Stream<Path> all = Files.list(files.folder())) {
        assertThat(all).containsExactlyInAnyOrder(files.input(), files.found(), files.output());
      }
    }
  }
}
