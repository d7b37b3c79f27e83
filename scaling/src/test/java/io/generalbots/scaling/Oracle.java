package io.generalbots.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;

/** The table, read literally: every sample is kept, and each look goes through all of them. */
final class Oracle {

  private final Policy policy;
  private final List<Sample> newestFirst = new ArrayList<>();
  private Optional<Instant> changed = Optional.empty();
  private int known;

  Oracle(Policy policy, int replicas) {
    this.policy = policy;
    known = replicas;
  }

  /** What is to be said at a look. */
  record Verdict(int to, Reason reason) {}

  /** What is to be said at a look that is later than all before it. */
  Verdict look(Look look) {
    newestFirst.addAll(0, look.samples());
    note(look.replicas(), look.now());
    var verdict = judge(look.now());
    note(verdict.to(), look.now());
    return verdict;
  }

  private void note(int replicas, Instant now) {
    changed = replicas == known ? changed : Optional.of(now);
    known = replicas;
  }

  private Verdict judge(Instant now) {
    if (known < policy.min() || known > policy.max()) {
      return known < policy.min()
          ? new Verdict(policy.min(), Reason.BELOW_MINIMUM)
          : new Verdict(policy.max(), Reason.ABOVE_MAXIMUM);
    }
    if (policy.rules().isEmpty()) {
      return new Verdict(known, Reason.NO_RULES);
    }
    var wanted = known;
    for (var rule : policy.rules()) {
      if (lasts(rule.metric(), v -> v > rule.above(), rule.aboveFor(), now)) {
        wanted = Math.max(wanted, Math.min(policy.max(), step(rule)));
        if (known == policy.max()) {
          return new Verdict(known, Reason.AT_MAXIMUM);
        }
      }
    }
    return wanted > known ? rested(wanted, Reason.ABOVE_THRESHOLD, now) : quiet(now);
  }

  private Verdict quiet(Instant now) {
    var rules = policy.rules();
    if (rules.stream().anyMatch(r -> value(r, now).filter(v -> v > r.above()).isPresent())) {
      return new Verdict(known, Reason.WINDOW_NOT_FULL);
    }
    if (rules.stream().anyMatch(r -> value(r, now).isEmpty())) {
      return new Verdict(known, Reason.METRICS_MISSING);
    }
    if (rules.stream().anyMatch(r -> value(r, now).filter(v -> v >= r.below()).isPresent())) {
      return new Verdict(known, Reason.STEADY);
    }
    for (var rule : rules) {
      if (!lasts(rule.metric(), v -> v < rule.below(), rule.belowFor(), now)) {
        return new Verdict(known, Reason.WINDOW_NOT_FULL);
      }
    }
    return known == policy.min()
        ? new Verdict(known, Reason.AT_MINIMUM)
        : rested(known - 1, Reason.BELOW_THRESHOLD, now);
  }

  private Verdict rested(int to, Reason reason, Instant now) {
    var isResting = changed.filter(c -> now.isBefore(c.plus(policy.cooldown()))).isPresent();
    return isResting ? new Verdict(known, Reason.COOLDOWN) : new Verdict(to, reason);
  }

  /** The fewest replicas that bring a shared load to the threshold, found by trying. */
  private int step(Rule rule) {
    var value = newestFirst.stream().filter(s -> s.metric() == rule.metric()).findFirst();
    var load = known * value.orElseThrow().value();
    var to = known + 1;
    var isShared =
        switch (rule.metric()) {
          case CPU, MEMORY, REQUESTS_PER_SECOND -> true;
          case RESPONSE_TIME_MILLIS, QUEUE_DEPTH, QUERY -> false;
        };
    while (isShared && to < 2 * known && to * rule.above() + 1e-6 < load) {
      to++;
    }
    return to;
  }

  /** Whether all samples of the window are so, with none missing. */
  private boolean lasts(Metric metric, DoublePredicate is, Duration window, Instant now) {
    var later = now;
    for (var sample : newestFirst) {
      if (sample.metric() != metric || sample.time().isAfter(now)) {
        continue;
      }
      if (!is.test(sample.value()) || isGap(sample.time(), later)) {
        return false;
      }
      if (!sample.time().isAfter(now.minus(window))) {
        return true;
      }
      later = sample.time();
    }
    return false;
  }

  private Optional<Double> value(Rule rule, Instant now) {
    return seen(rule.metric(), now)
        .limit(1)
        .filter(sample -> !isGap(sample.time(), now))
        .map(Sample::value)
        .findFirst();
  }

  private Stream<Sample> seen(Metric metric, Instant now) {
    return newestFirst.stream().filter(s -> s.metric() == metric && !s.time().isAfter(now));
  }

  private boolean isGap(Instant from, Instant to) {
    return to.isAfter(from.plus(policy.interval()).plus(policy.interval()));
  }
}
