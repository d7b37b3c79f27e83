package io.generalbots.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page of links is the table that the policies are held to; {@code -Dgolden=write} writes it.
 */
class NetworkPageTest {

  private static final Path PAGE = Path.of("..", "docs", "network.md");

  private static final Map<String, String> WORDS =
      Map.of(
          "namespace", "every pod of the namespace",
          "cluster", "every pod of the BotCluster",
          "tenant", "every pod of a Tenant's namespace",
          "operator", "the operator",
          "dns", "DNS",
          "outside", "what is no pod",
          "anybody", "anything",
          "abroad", "anything but what only a node knows");

  private static final String HEAD =
      """
      # Who talks to whom

      The pods of a BotCluster are closed in both directions but for these links. A test evaluates their
      network policies over all pairs of pods and all ports, those that only look like others among them,
      and fails if one link more or less is open. Ports are TCP unless they say UDP. What is elsewhere is
      reached by the port of its address; the table names the usual one.

      | from | to | ports | why |
      | --- | --- | --- | --- |
      """;

  @Test
  void thePageIsWrittenFromTheTable() throws IOException {
    var page =
        HEAD
            + Links.written().all().stream()
                .map(NetworkPageTest::row)
                .collect(Collectors.joining());
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  private static String row(Link link) {
    return "| %s | %s | %s | %s%s |\n"
        .formatted(
            said(link.from()),
            said(link.to()),
            String.join(" ", link.ports()),
            link.why(),
            condition(link.condition()));
  }

  private static String condition(String condition) {
    var parts = condition.split("=", 2);
    if (condition.isEmpty()) {
      return "";
    }
    return " (`%s`%s)".formatted(parts[0], parts.length == 1 ? "" : ": " + parts[1]);
  }

  private static String said(String word) {
    return WORDS.getOrDefault(word, "`" + word + "`");
  }
}
