package io.generalbots.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is remembered from look to look. Whoever keeps it, exactly and whole, decides the same
 * after a restart; whoever loses it only waits for the windows to fill again.
 *
 * @param replicas how many were asked for at the last look
 * @param changed when this number last changed, if it ever was seen to
 * @param trends at most one per metric
 */
public record State(int replicas, Optional<Instant> changed, List<Trend> trends) {

  public State {
    trends = List.copyOf(trends);
    if (replicas < 0) {
      throw new IllegalArgumentException("there cannot be " + replicas + " replicas");
    }
    if (trends.stream().map(t -> t.latest().metric()).distinct().count() < trends.size()) {
      throw new IllegalArgumentException("a metric has two trends");
    }
  }

  /** Nothing is known but the number of replicas. */
  public static State of(int replicas) {
    return new State(replicas, Optional.empty(), List.of());
  }

  /**
   * The state that knows of a look too. Another number of replicas than remembered is a change made
   * by somebody else, at the time of the look. A time in the future, from a clock that was set
   * back, is forgotten: a change then counts as made now, a trend as never seen. O(rules * samples
   * * log samples).
   */
  public State observing(Look look, Policy policy) {
    var now = look.now();
    var mine = changed.map(time -> time.isAfter(now) ? now : time);
    var trendsNow =
        policy.rules().stream()
            .flatMap(rule -> trend(look, rule, policy.patience()).stream())
            .toList();
    return new State(
        look.replicas(), look.replicas() == replicas ? mine : Optional.of(now), trendsNow);
  }

  /** The state when a decision was carried out; not to be called for one that was not. */
  public State after(Decision decision, Instant now) {
    return decision.direction() == Direction.NONE
        ? this
        : new State(decision.to(), Optional.of(now), trends);
  }

  /** What is known of a metric. */
  Optional<Trend> trend(Metric metric) {
    return trends.stream().filter(trend -> trend.latest().metric() == metric).findFirst();
  }

  private Optional<Trend> trend(Look look, Rule rule, Duration patience) {
    var trend = trend(rule.metric()).filter(t -> !t.latest().time().isAfter(look.now()));
    for (var sample : look.of(rule.metric()).toList()) {
      trend =
          Optional.of(
              trend
                  .map(run -> run.plus(sample, rule, patience))
                  .orElseGet(() -> Trend.from(sample)));
    }
    return trend;
  }
}
