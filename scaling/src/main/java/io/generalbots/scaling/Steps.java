package io.generalbots.scaling;

/**
 * How many replicas at a time.
 *
 * <p><b>Out</b>, for a load that replicas share: as many as bring it down to the upper threshold,
 * {@code ceil(replicas * value / above)}, which is the formula of Kubernetes'
 * HorizontalPodAutoscaler ("Algorithm details" in its documentation) with the threshold as its
 * target. One at a time would need a cooldown per replica while users wait. Never to more than
 * twice as many, like the HPA's default policy of 100 percent: a wrong sample costs at most that.
 * The HPA's tolerance of 10 percent is not taken over; the space between the two thresholds is what
 * it is for.
 *
 * <p>For response times and queues one at a time: neither falls in proportion to the replicas (a
 * slow database is slow for all of them, and a queue says how much is left, not how fast it comes),
 * so no formula says how many are enough.
 *
 * <p><b>In</b>, one at a time: each that stops has to be drained, and too few hurt more than too
 * many.
 *
 * <p>So where the lower threshold is at most half of the upper one, as in all of {@link
 * Policy#DEFAULTS}, no step of a shared load leads to the opposite one while it stays: out at most
 * halves a load of more than {@code above}, which leaves more than {@code below}; in at most
 * doubles one of less than {@code below}, which leaves less than {@code above}.
 */
final class Steps {

  /** Less than any step: a mean times the number of replicas must not round up to one more. */
  private static final double ROUNDING_ERROR = 1e-9;

  private Steps() {}

  /**
   * How many replicas a value above the threshold asks for: at least one more, at most twice as
   * many. O(1).
   *
   * @param replicas how many there are, 1 or more
   * @param value in the unit of the metric, more than the upper threshold
   */
  static int out(Rule rule, int replicas, double value) {
    var one = replicas + 1;
    if (!rule.metric().isShared()) {
      return one;
    }
    var enough = Math.ceil(replicas * value / rule.above() - ROUNDING_ERROR);
    return (int) Math.max(one, Math.min(enough, 2.0 * replicas));
  }

  /** How many are left when one goes. */
  static int in(int replicas) {
    return replicas - 1;
  }
}
