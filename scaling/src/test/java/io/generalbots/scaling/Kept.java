package io.generalbots.scaling;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a status keeps of a state, as text: numbers and times, nothing else. */
final class Kept {

  private Kept() {}

  /** The state that an operator has after a restart. */
  static State restarted(State state) {
    return read(write(state));
  }

  private static String write(State state) {
    var head = state.replicas() + "," + state.changed().map(Instant::toString).orElse("never");
    return state.trends().stream()
        .map(Kept::row)
        .collect(Collectors.joining("\n", head + "\n", ""));
  }

  private static String row(Trend trend) {
    return String.format(
        "%s,%s,%s,%s,%s,%s",
        trend.latest().metric(),
        trend.latest().value(),
        trend.latest().time(),
        trend.since(),
        trend.lowest(),
        trend.highest());
  }

  private static State read(String text) {
    var head = text.lines().findFirst().orElseThrow().split(",", -1);
    return new State(
        Integer.parseInt(head[0]),
        Optional.of(head[1]).filter(time -> !time.equals("never")).map(Instant::parse),
        text.lines().skip(1).map(row -> trend(row.split(",", -1))).toList());
  }

  private static Trend trend(String[] cells) {
    return new Trend(
        new Sample(Metric.valueOf(cells[0]), Double.parseDouble(cells[1]), Instant.parse(cells[2])),
        Instant.parse(cells[3]),
        Double.parseDouble(cells[4]),
        Double.parseDouble(cells[5]));
  }
}
