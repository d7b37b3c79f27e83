package io.generalbots.scaling;

import java.time.Instant;

/**
 * A measured value.
 *
 * @param metric what was measured
 * @param value in the unit of the metric, 0 or more
 * @param time when it was measured, which may be before it was read
 */
public record Sample(Metric metric, double value, Instant time) {

  public Sample {
    if (!Double.isFinite(value) || value < 0) {
      throw new IllegalArgumentException(metric.label() + " cannot be " + value);
    }
  }
}
