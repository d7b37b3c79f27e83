package io.generalbots.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Loads over time, and what was decided at each look: the file beside each has every change of it.
 */
class ReplayTest {

  private static final Path FILES =
      Path.of("src", "test", "resources", "io", "generalbots", "scaling");

  /** A decision at a second of the trace. */
  private record Row(int second, int from, int to, Reason reason) {

    boolean saysTheSameAs(Row other) {
      return from == to && to == other.to && reason == other.reason;
    }

    @Override
    public String toString() {
      return second + "," + from + "," + to + "," + reason.word();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"day", "spike", "ramp"})
  void decisionsAreThoseOfTheTableToTheInterval(String name) throws IOException {
    var expected = oracle(name);
    assertThat(engine(name)).isEqualTo(expected);
    var file = FILES.resolve(name + ".decisions.csv");
    if ("write".equals(System.getProperty("golden"))) {
      Files.write(file, changes(expected));
    }
    assertThat(Files.readAllLines(file)).isEqualTo(changes(expected));
  }

  @Test
  void aDayBeginsAndEndsSmallAndItsPeakIsServed() throws IOException {
    var day = engine("day");
    assertThat(day.get(0).to()).isEqualTo(1);
    assertThat(day.stream().mapToInt(Row::to)).contains(Policy.DEFAULTS.max());
    assertThat(day.get(day.size() - 1).to()).isEqualTo(1);
  }

  @Test
  void aSpikeThatIsShorterThanTheWindowChangesNothing() throws IOException {
    assertThat(engine("spike")).anyMatch(row -> row.reason() == Reason.WINDOW_NOT_FULL);
    assertThat(engine("spike")).allMatch(row -> row.from() == row.to());
  }

  @Test
  void aSlowRampIsFollowedOneByOne() throws IOException {
    var changes = engine("ramp").stream().filter(row -> row.from() != row.to()).toList();
    assertThat(changes).hasSizeGreaterThan(3).allMatch(row -> row.to() == row.from() + 1);
  }

  private static List<Row> engine(String name) throws IOException {
    var trace = Trace.named(name);
    var cluster = new Cluster(Policy.DEFAULTS, first(name));
    return trace
        .seconds()
        .mapToObj(
            second -> {
              var d = cluster.look(trace.look(second, cluster.replicas()));
              return new Row(second, d.from(), d.to(), d.reason());
            })
        .toList();
  }

  private static List<Row> oracle(String name) throws IOException {
    var trace = Trace.named(name);
    var oracle = new Oracle(Policy.DEFAULTS, first(name));
    var rows = new ArrayList<Row>();
    var replicas = first(name);
    for (var second : trace.seconds().toArray()) {
      var verdict = oracle.look(trace.look(second, replicas));
      rows.add(new Row(second, replicas, verdict.to(), verdict.reason()));
      replicas = verdict.to();
    }
    return rows;
  }

  private static int first(String name) {
    return name.equals("spike") ? 3 : 1;
  }

  /** The rows that say something else than the one before. */
  private static List<String> changes(List<Row> rows) {
    var lines = new ArrayList<>(List.of("second,from,to,reason"));
    for (var i = 0; i < rows.size(); i++) {
      if (i == 0 || !rows.get(i).saysTheSameAs(rows.get(i - 1))) {
        lines.add(rows.get(i).toString());
      }
    }
    return lines;
  }
}
