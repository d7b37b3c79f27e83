package io.generalbots.scaling;

import java.time.Duration;
import java.time.Instant;

/**
 * All that has to be remembered of a metric: its latest sample, and the unbroken run of samples on
 * the same side of the thresholds that it ends. The size does not depend on the windows, so it fits
 * into a status however long they are.
 *
 * @param latest the last sample
 * @param since time of the first sample of the run
 * @param lowest value of the run, which tells whether the run still holds when a threshold was
 *     changed
 * @param highest value of the run
 */
public record Trend(Sample latest, Instant since, double lowest, double highest) {

  public Trend {
    if (since.isAfter(latest.time()) || !(lowest <= latest.value() && latest.value() <= highest)) {
      throw new IllegalArgumentException("this is no run that ends with " + latest);
    }
  }

  /** A run that begins. */
  static Trend from(Sample sample) {
    return new Trend(sample, sample.time(), sample.value(), sample.value());
  }

  /**
   * The run with one more sample. It begins again with a sample on another side, and after a gap.
   * What is not newer than the latest sample says nothing new.
   *
   * @param patience the longest time between two samples that is no gap
   */
  Trend plus(Sample sample, Rule rule, Duration patience) {
    if (!sample.time().isAfter(latest.time())) {
      return this;
    }
    var isUnbroken = !sample.time().isAfter(latest.time().plus(patience));
    var isSameSide = rule.side(sample.value()) == rule.side(latest.value());
    return isUnbroken && isSameSide ? under(rule).until(sample) : from(sample);
  }

  /** The run as far as this rule sees all of it on one side, at least its latest sample. */
  Trend under(Rule rule) {
    return rule.side(lowest) == rule.side(highest) ? this : from(latest);
  }

  private Trend until(Sample sample) {
    return new Trend(
        sample, since, Math.min(lowest, sample.value()), Math.max(highest, sample.value()));
  }
}
