package io.generalbots.sharding.geo;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which regions are up at a moment.
 *
 * @param upSince for each region that is up, when it came up; {@link Instant#MIN} if it was never
 *     seen down
 * @param now the moment
 */
public record Health(Map<String, Instant> upSince, Instant now) {

  public Health {
    upSince = Map.copyOf(upSince);
  }

  boolean isUp(String region) {
    return upSince.containsKey(region);
  }

  /** Whether a region has been up for this time. */
  boolean isUpFor(Duration time, String region) {
    return Optional.ofNullable(upSince.get(region))
        .filter(since -> !since.isAfter(now.minus(time)))
        .isPresent();
  }
}
