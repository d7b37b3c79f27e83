package io.generalbots.scaling;

import java.time.Duration;

/**
 * Two thresholds of a metric, in its unit, each with a window.
 *
 * @param metric what it looks at
 * @param above a value of more than this is above
 * @param aboveFor how long it must be above; zero: the latest sample alone says so
 * @param below a value of less than this is below; less than the upper threshold, or the number of
 *     replicas would swing
 * @param belowFor how long it must be below; zero: the latest sample alone says so
 */
public record Rule(Metric metric, long above, Duration aboveFor, long below, Duration belowFor) {

  public Rule {
    if (below < 0 || below >= above) {
      throw new IllegalArgumentException(
          metric.label() + ": below must be 0 or more, and less than above: " + below);
    }
    if (aboveFor.isNegative() || belowFor.isNegative()) {
      throw new IllegalArgumentException(metric.label() + ": a window must not be negative");
    }
  }

  /** Where a value is. Thresholds themselves are neither above nor below. */
  Side side(double value) {
    return value > above ? Side.ABOVE : value < below ? Side.BELOW : Side.BETWEEN;
  }

  /** The threshold that a value on this side has crossed. */
  long threshold(Side side) {
    return side == Side.BELOW ? below : above;
  }

  /** How long a value must have been on this side. */
  Duration window(Side side) {
    return side == Side.BELOW ? belowFor : aboveFor;
  }
}
