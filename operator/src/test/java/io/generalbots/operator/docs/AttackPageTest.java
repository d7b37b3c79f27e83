package io.generalbots.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of tries in the threat model is counted from the lists; {@code -Dgolden=write}. */
class AttackPageTest {

  private static final Path PAGE = Path.of("..", "docs", "threat-model.md");
  private static final Path LISTS = Path.of("src", "test", "attack");
  private static final Path TESTS = Path.of("src", "test", "java");
  private static final Pattern TABLE =
      Pattern.compile("(?s)(<!-- tries:.*?-->\n).*?(<!-- tries end -->)");
  private static final String HEAD = "| list | what | tries |\n| --- | --- | --- |\n";

  @Test
  void theTableIsCountedFromTheLists() throws IOException {
    var page = Files.readString(PAGE);
    var table = HEAD + lists().stream().map(AttackPageTest::row).collect(Collectors.joining());
    var wanted = TABLE.matcher(page).replaceFirst("$1" + Matcher.quoteReplacement(table) + "$2");
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(PAGE, wanted);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(wanted).contains(table);
  }

  @Test
  void everyListIsReadByATest() throws IOException {
    var sources = sources();
    assertThat(lists()).isNotEmpty().allMatch(l -> sources.contains(l.getFileName().toString()));
  }

  private static List<Path> lists() throws IOException {
    try (var files = Files.list(LISTS)) {
      return files.filter(f -> f.toString().endsWith(".txt")).sorted().toList();
    }
  }

  private static String sources() throws IOException {
    try (var files = Files.walk(TESTS)) {
      return files
          .filter(f -> f.toString().endsWith(".java"))
          .map(AttackPageTest::text)
          .collect(Collectors.joining());
    }
  }

  private static String row(Path list) {
    var lines = text(list).lines().filter(l -> !l.isBlank()).toList();
    var tries = lines.stream().filter(l -> !l.startsWith("#")).count();
    var name = list.getFileName();
    return "| [%s](../operator/src/test/attack/%s) | %s | %d |\n"
        .formatted(name, name, lines.get(0).substring(2), tries);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
