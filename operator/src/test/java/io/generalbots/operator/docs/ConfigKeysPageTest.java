package io.generalbots.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of settings is what the table in the code says; {@code -Dgolden=write} writes it. */
class ConfigKeysPageTest {

  private static final Path PAGE = Path.of("..", "docs", "config-keys.md");

  @Test
  void thePageIsWrittenFromTheTable() throws IOException {
    var page = ConfigKeysPage.text();
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(page).isEqualTo(Files.readString(PAGE));
  }
}
