package io.generalbots.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides by rules how many replicas there should be.
 *
 * <p>Any rule that was above its upper threshold for the whole window asks for more; all of them
 * below their lower ones for theirs allow one fewer. A metric without a fresh value does neither:
 * it asks for nothing, and keeps the others from allowing anything. After a change the number
 * rests. Only a number outside of its limits is changed at once.
 *
 * <p>A window is full when the samples reach from its begin, or before, to now, all on the same
 * side and without a gap. So one that begins with a value which is not known yet is not full.
 * Samples from before a change count: it is the cooldown that lets a change take effect.
 *
 * <p>How many at a time is with {@link Steps}.
 */
public final class Scaler {

  private final Policy policy;
  private final int replicas;
  private final Optional<Duration> sinceChange;
  private final List<Reading> readings;

  private Scaler(Policy policy, State state, Instant now) {
    this.policy = policy;
    replicas = state.replicas();
    sinceChange = state.changed().map(time -> Duration.between(time, now));
    var oldest = now.minus(policy.patience());
    readings = policy.rules().stream().map(rule -> Reading.of(rule, state, oldest, now)).toList();
  }

  /**
   * The decision of now. O(rules). The same arguments give the same decision.
   *
   * @param state that has observed the look of now
   */
  public static Decision decide(Policy policy, State state, Instant now) {
    return new Scaler(policy, state, now).decide();
  }

  private Decision decide() {
    if (replicas < policy.min()) {
      return change(policy.min(), Reason.BELOW_MINIMUM, "fewer than the minimum");
    }
    if (replicas > policy.max()) {
      return change(policy.max(), Reason.ABOVE_MAXIMUM, "more than the maximum");
    }
    if (readings.isEmpty()) {
      return stay(Reason.NO_RULES, "there are no rules");
    }
    var above = those(reading -> reading.isFull(Side.ABOVE));
    return above.isEmpty() ? withoutNeed() : out(above);
  }

  private Decision out(List<Reading> above) {
    var why = join(above, reading -> reading.words(Side.ABOVE));
    if (replicas == policy.max()) {
      return stay(Reason.AT_MAXIMUM, why + ", but there are as many as there may be: " + replicas);
    }
    var wanted = above.stream().mapToInt(reading -> reading.wanted(replicas)).max().orElseThrow();
    return changeIfRested(Math.min(wanted, policy.max()), Reason.ABOVE_THRESHOLD, why);
  }

  /** No rule asks for more. */
  private Decision withoutNeed() {
    var rising = those(reading -> reading.isOn(Side.ABOVE));
    if (!rising.isEmpty()) {
      return stay(Reason.WINDOW_NOT_FULL, join(rising, r -> r.wordsSoFar(Side.ABOVE)));
    }
    var missing = those(Reading::isMissing);
    if (!missing.isEmpty()) {
      var what = join(missing, reading -> reading.rule().metric().label());
      return stay(Reason.METRICS_MISSING, "no fresh value of " + what + ": nothing is scaled in");
    }
    var between = those(reading -> reading.isOn(Side.BETWEEN));
    return between.isEmpty() ? quiet() : stay(Reason.STEADY, join(between, Reading::value));
  }

  /** All rules have a value, and all are below. */
  private Decision quiet() {
    var falling = those(reading -> !reading.isFull(Side.BELOW));
    if (!falling.isEmpty()) {
      return stay(Reason.WINDOW_NOT_FULL, join(falling, r -> r.wordsSoFar(Side.BELOW)));
    }
    var why = join(readings, reading -> reading.words(Side.BELOW));
    return replicas == policy.min()
        ? stay(Reason.AT_MINIMUM, why + ", but there are as few as there may be: " + replicas)
        : changeIfRested(Steps.in(replicas), Reason.BELOW_THRESHOLD, why);
  }

  private Decision changeIfRested(int to, Reason reason, String why) {
    var resting = sinceChange.filter(time -> time.compareTo(policy.cooldown()) < 0);
    return resting
        .map(time -> stay(Reason.COOLDOWN, why + ", but " + rest(time)))
        .orElseGet(() -> change(to, reason, why));
  }

  private String rest(Duration sinceChange) {
    var left = policy.cooldown().minusSeconds(sinceChange.toSeconds());
    return String.format(
        "the last change was %s ago: rests for %s", Words.time(sinceChange), Words.time(left));
  }

  private Decision change(int to, Reason reason, String why) {
    return new Decision(replicas, to, reason, why + ": " + replicas + " → " + to);
  }

  private Decision stay(Reason reason, String why) {
    return new Decision(replicas, replicas, reason, why);
  }

  private List<Reading> those(Predicate<Reading> which) {
    return readings.stream().filter(which).toList();
  }

  private static String join(List<Reading> readings, Function<Reading, String> words) {
    return readings.stream().map(words).collect(Collectors.joining(", "));
  }
}
