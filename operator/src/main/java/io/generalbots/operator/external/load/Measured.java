package io.generalbots.operator.external.load;

import io.generalbots.operator.external.StepFailure;
import io.generalbots.scaling.Metric;
import io.generalbots.scaling.Sample;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * What came of measuring one metric.
 *
 * @param metric what was measured
 * @param value in its unit; empty if there is none
 * @param trouble why there is none
 */
record Measured(Metric metric, Optional<Double> value, String trouble) {

  /** What a way of measuring comes to, which may fail. */
  static Measured of(Metric metric, DoubleSupplier way) {
    try {
      return new Measured(metric, Optional.of(way.getAsDouble()), "");
    } catch (StepFailure e) {
      return new Measured(metric, Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  /** As the engine takes it. It knows no values below zero. */
  Optional<Sample> sample(Instant now) {
    return value
        .filter(Double::isFinite)
        .map(amount -> new Sample(metric, Math.max(0, amount), now));
  }
}
