package io.generalbots.sharding.geo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Keeps users where they are while regions come and go.
 *
 * <p>Who was sent to another region stays there until the better one has been up for a while. So a
 * region that comes and goes faster than that moves nobody but those whom it fails.
 *
 * @param hold time that a region must have been up before it takes users from another one
 */
public record Stickiness(Duration hold) {

  public Stickiness {
    if (hold.isNegative()) {
      throw new IllegalArgumentException("the hold time must not be negative: " + hold);
    }
  }

  /**
   * The region that serves a user now: the best one that has been up for the hold time or has the
   * user already; if there is none, the best one that is up. Empty only if all are down.
   * O(regions).
   *
   * @param preference names of regions, the best first
   * @param current the region that served the user last, if any did
   */
  public Optional<String> choose(List<String> preference, Optional<String> current, Health health) {
    Predicate<String> isSteady = region -> health.isUpFor(hold, region);
    Predicate<String> isCurrent = region -> current.filter(region::equals).isPresent();
    var up = preference.stream().filter(health::isUp).toList();
    return up.stream().filter(isSteady.or(isCurrent)).findFirst().or(() -> up.stream().findFirst());
  }
}
