package io.generalbots.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a rule says now.
 *
 * @param rule the rule
 * @param trend of its metric, as this rule sees it; empty if the metric is missing or stale
 * @param now the time
 */
record Reading(Rule rule, Optional<Trend> trend, Instant now) {

  static Reading of(Rule rule, State state, Instant oldest, Instant now) {
    var fresh =
        state
            .trend(rule.metric())
            .filter(t -> !t.latest().time().isBefore(oldest))
            .filter(t -> !t.latest().time().isAfter(now));
    return new Reading(rule, fresh.map(t -> t.under(rule)), now);
  }

  boolean isMissing() {
    return trend.isEmpty();
  }

  /** Whether the latest value is on this side. */
  boolean isOn(Side side) {
    return trend.filter(t -> rule.side(t.latest().value()) == side).isPresent();
  }

  /** Whether the values have been on this side for the whole window. */
  boolean isFull(Side side) {
    return isOn(side) && held().compareTo(rule.window(side)) >= 0;
  }

  /** How long the values have been where they are. */
  private Duration held() {
    return trend.map(t -> Duration.between(t.since(), now)).orElse(Duration.ZERO);
  }

  /** How many replicas this rule asks for when it is above. */
  int wanted(int replicas) {
    return trend.map(t -> Steps.out(rule, replicas, t.latest().value())).orElse(replicas);
  }

  /** The value: {@code cpu 50 %}. */
  String value() {
    return trend
        .map(t -> Words.value(t.latest(), rule.side(t.latest().value())))
        .orElse("no " + rule.metric().label());
  }

  /** What was crossed: {@code cpu 83 % above 70 %}. */
  private String crossed(Side side) {
    var threshold = rule.metric().amount(String.valueOf(rule.threshold(side)));
    return value() + (side == Side.BELOW ? " below " : " above ") + threshold;
  }

  /** What was crossed for the whole window: {@code cpu 83 % above 70 % for 2 min}. */
  String words(Side side) {
    var window = rule.window(side);
    return crossed(side) + (window.isZero() ? "" : " for " + Words.time(window));
  }

  /** What is crossed, and for how much of the window: {@code … for 1 min of 2 min}. */
  String wordsSoFar(Side side) {
    return crossed(side) + (" for " + Words.time(held()) + " of " + Words.time(rule.window(side)));
  }
}
