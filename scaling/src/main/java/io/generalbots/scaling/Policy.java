package io.generalbots.scaling;

import java.time.Duration;
import java.util.List;

/**
 * The rules and their frame.
 *
 * @param min fewest replicas, 1 or more: of none there is nothing to measure
 * @param max most replicas
 * @param cooldown rest after each change of the number, whoever changed it and in both directions
 * @param interval pause between two looks. What is older than two of them is stale, and samples
 *     that are further apart leave a gap: one look may fail without a window beginning again
 * @param rules at most one per metric
 */
public record Policy(int min, int max, Duration cooldown, Duration interval, List<Rule> rules) {

  /** What General Bots' infrastructure design says under Auto-Scaling. */
  public static final Policy DEFAULTS =
      new Policy(
          1,
          10,
          Duration.ofSeconds(300),
          Duration.ofSeconds(30),
          List.of(
              new Rule(Metric.CPU, 70, Duration.ofMinutes(2), 30, Duration.ofMinutes(5)),
              new Rule(Metric.MEMORY, 80, Duration.ofMinutes(2), 40, Duration.ofMinutes(5)),
              new Rule(Metric.REQUESTS_PER_SECOND, 1000, Duration.ZERO, 200, Duration.ZERO),
              new Rule(Metric.RESPONSE_TIME_MILLIS, 2000, Duration.ZERO, 500, Duration.ZERO),
              new Rule(Metric.QUEUE_DEPTH, 100, Duration.ZERO, 10, Duration.ZERO)));

  public Policy {
    rules = List.copyOf(rules);
    if (min < 1 || min > max) {
      throw new IllegalArgumentException("no number is from " + min + " to " + max);
    }
    if (cooldown.isNegative() || interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException(
          "the cooldown must not be negative, and the interval longer than nothing");
    }
    if (rules.stream().map(Rule::metric).distinct().count() < rules.size()) {
      throw new IllegalArgumentException("a metric has two rules");
    }
  }

  /** How old a sample may be, and how far apart two of them, before nothing is known. */
  Duration patience() {
    return interval.multipliedBy(2);
  }
}
