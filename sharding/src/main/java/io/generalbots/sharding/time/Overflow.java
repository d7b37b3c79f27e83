package io.generalbots.sharding.time;

import java.time.Instant;
import java.util.Optional;

/**
 * The partition of rows that belong to no other, so that none is ever turned away.
 *
 * @param name of it
 * @param earliest time of a row in it; empty when there is none
 * @param latest time of a row in it; empty when there is none
 */
public record Overflow(String name, Optional<Instant> earliest, Optional<Instant> latest) {

  /** Whether there is no row in it. */
  public boolean isEmpty() {
    return earliest.isEmpty() && latest.isEmpty();
  }
}
