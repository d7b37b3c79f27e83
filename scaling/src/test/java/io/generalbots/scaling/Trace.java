package io.generalbots.scaling;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A load over time: second, cpu, memory and requests per second of all replicas together, response
 * time, queue depth. Between two rows it changes evenly; an empty cell could not be measured.
 */
final class Trace {

  private static final List<Metric> SHARED =
      List.of(Metric.CPU, Metric.MEMORY, Metric.REQUESTS_PER_SECOND);
  private static final List<Metric> COLUMNS =
      Stream.concat(SHARED.stream(), Stream.of(Metric.RESPONSE_TIME_MILLIS, Metric.QUEUE_DEPTH))
          .toList();

  private final TreeMap<Integer, List<Optional<Double>>> rows = new TreeMap<>();

  private Trace(String text) {
    for (var line : text.lines().skip(1).toList()) {
      var cells = List.of(line.split(",", -1));
      rows.put(
          Integer.parseInt(cells.get(0)),
          cells.stream()
              .skip(1)
              .map(c -> Optional.of(c).filter(x -> !x.isEmpty()).map(Double::parseDouble))
              .toList());
    }
  }

  static Trace named(String name) throws IOException {
    try (var file = Trace.class.getResourceAsStream(name + ".csv")) {
      var bytes = Objects.requireNonNull(file, name).readAllBytes();
      return new Trace(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  /** When it is looked at: every 30 seconds, from the first row to the last. */
  IntStream seconds() {
    return IntStream.rangeClosed(rows.firstKey() / 30, rows.lastKey() / 30).map(i -> i * 30);
  }

  /** What so many replicas would show. */
  Look look(int second, int replicas) {
    var samples = new ArrayList<Sample>();
    for (var metric : COLUMNS) {
      at(second, COLUMNS.indexOf(metric))
          .map(value -> SHARED.contains(metric) ? value / replicas : value)
          .ifPresent(value -> samples.add(new Sample(metric, value, Cluster.time(second))));
    }
    return new Look(Cluster.time(second), replicas, samples);
  }

  private Optional<Double> at(int second, int column) {
    var before = rows.floorEntry(second);
    var after = rows.ceilingEntry(second);
    var distance = Math.max(1, after.getKey() - before.getKey());
    var part = (second - before.getKey()) / (double) distance;
    return before
        .getValue()
        .get(column)
        .flatMap(from -> after.getValue().get(column).map(to -> from + (to - from) * part));
  }
}
