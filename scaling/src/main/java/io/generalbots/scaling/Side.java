package io.generalbots.scaling;

import java.math.RoundingMode;

/** Where a value is, seen from the two thresholds of a rule. */
enum Side {
  /** Less than the lower one. */
  BELOW(RoundingMode.FLOOR),
  /** On one of them, or between both. */
  BETWEEN(RoundingMode.HALF_EVEN),
  /** More than the upper one. */
  ABOVE(RoundingMode.CEILING);

  private final RoundingMode rounding;

  Side(RoundingMode rounding) {
    this.rounding = rounding;
  }

  /** Away from the threshold: what is above it must not read as if it were on it. */
  RoundingMode rounding() {
    return rounding;
  }
}
