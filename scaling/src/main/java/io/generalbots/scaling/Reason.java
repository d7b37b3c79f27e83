package io.generalbots.scaling;

/** Why a number of replicas is asked for. */
public enum Reason {
  /** A rule was above its threshold for the whole window: more. */
  ABOVE_THRESHOLD("AboveThreshold"),
  /** All rules were below their thresholds for the whole window: fewer. */
  BELOW_THRESHOLD("BelowThreshold"),
  /** There were fewer than there may be: more, at once. */
  BELOW_MINIMUM("BelowMinimum"),
  /** There were more than there may be: fewer, at once. */
  ABOVE_MAXIMUM("AboveMaximum"),
  /** More would be asked for, but there are as many as there may be. */
  AT_MAXIMUM("AtMaximum"),
  /** Fewer would do, but there are as few as there may be. */
  AT_MINIMUM("AtMinimum"),
  /** The number would change, but it has changed a short while ago. */
  COOLDOWN("Cooldown"),
  /** A threshold is crossed, but not for long enough. */
  WINDOW_NOT_FULL("WindowNotFull"),
  /** A metric has no fresh value, so nobody knows whether fewer would do. */
  METRICS_MISSING("MetricsMissing"),
  /** No rule asks for more, and not all of them allow fewer. */
  STEADY("Steady"),
  /** Nothing is looked at. */
  NO_RULES("NoRules");

  private final String word;

  Reason(String word) {
    this.word = word;
  }

  /** In CamelCase, for a condition or an event. */
  public String word() {
    return word;
  }
}
