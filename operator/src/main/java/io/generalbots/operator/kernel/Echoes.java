package io.generalbots.operator.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What has just been said. A round that follows at once may not see yet what the one before it
 * wrote, and would say the same once more.
 */
final class Echoes {

  private static final Duration AGE = Duration.ofSeconds(3);

  private final Map<String, Instant> said = new HashMap<>();

  /** Whether the same was said a moment ago; from now on it was. */
  synchronized boolean isOne(String words, Instant now) {
    said.values().removeIf(at -> at.plus(AGE).isBefore(now));
    return said.put(words, now) != null;
  }
}
