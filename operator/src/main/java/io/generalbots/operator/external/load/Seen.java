package io.generalbots.operator.external.load;

import io.generalbots.scaling.Metric;
import io.generalbots.scaling.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one look shows.
 *
 * @param measured each metric that a rule is about
 * @param counts of the gateways, if all answered
 * @param open requests and websockets at each bot server
 */
record Seen(List<Measured> measured, Optional<Counts> counts, Map<String, Long> open) {

  List<Sample> samples(Instant now) {
    return measured.stream().flatMap(m -> m.sample(now).stream()).toList();
  }

  /** Why metrics have no value. */
  Map<Metric, String> missing() {
    return measured.stream()
        .filter(m -> m.value().isEmpty())
        .collect(Collectors.toMap(Measured::metric, Measured::trouble));
  }
}
