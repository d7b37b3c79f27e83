package io.generalbots.operator.cluster.certificates;

import java.time.Duration;
import java.time.Instant;

/** From when to when a certificate holds. */
record Validity(Instant from, Instant until) {

  /** Clocks of clients may lag behind ours by this much. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  /** The validity of a certificate made now that holds for this long. */
  static Validity starting(Instant now, Duration lifetime) {
    return new Validity(now.minus(SKEW), now.plus(lifetime));
  }

  /** A validity that ends with its authority's, since nothing holds for longer. */
  Validity within(Validity authority) {
    return until.isAfter(authority.until) ? new Validity(from, authority.until) : this;
  }

  boolean includes(Instant now) {
    return !now.isBefore(from) && !now.isAfter(until);
  }

  /** Whether it lasts for longer than is wished now. */
  boolean exceeds(Duration lifetime) {
    return Duration.between(from, until).compareTo(lifetime.plus(SKEW)) > 0;
  }

  /** When to renew: so long before the end, and never later than at two thirds of the lifetime. */
  Instant renewAt(Duration before) {
    var twoThirds = from.plus(Duration.between(from, until).multipliedBy(2).dividedBy(3));
    var asked = until.minus(before);
    return asked.isBefore(twoThirds) ? asked : twoThirds;
  }

  /** Whether the time to renew has come. */
  boolean isDue(Instant now, Duration before) {
    return !now.isBefore(renewAt(before));
  }
}
