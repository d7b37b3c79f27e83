package io.generalbots.operator.external;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the phases of a step took, for the log.
 *
 * @param began when it was started
 * @param laps what was reached, and after how many milliseconds
 */
record Stopwatch(Instant began, List<String> laps) {

  static Stopwatch start() {
    return new Stopwatch(Instant.now(), new ArrayList<>());
  }

  /** Notes that this is reached; gives all that was. */
  String lap(String what) {
    laps.add("%s after %d ms".formatted(what, Duration.between(began, Instant.now()).toMillis()));
    return String.join(", ", laps);
  }
}
