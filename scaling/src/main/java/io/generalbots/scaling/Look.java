package io.generalbots.scaling;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one look at the cluster shows.
 *
 * @param now when it was taken
 * @param replicas how many are asked for now, by whoever said so last
 * @param samples all that could be measured, in any order; a metric may have none or several
 */
public record Look(Instant now, int replicas, List<Sample> samples) {

  public Look {
    samples = List.copyOf(samples);
    if (replicas < 0) {
      throw new IllegalArgumentException("there cannot be " + replicas + " replicas");
    }
  }

  /** Samples of a metric, the oldest first. Those from the future are left out: clocks differ. */
  Stream<Sample> of(Metric metric) {
    return samples.stream()
        .filter(sample -> sample.metric() == metric && !sample.time().isAfter(now))
        .sorted(Comparator.comparing(Sample::time));
  }
}
