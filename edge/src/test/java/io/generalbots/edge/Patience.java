package io.generalbots.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does. */
public final class Patience {

  private static final Duration LONGEST = Duration.ofSeconds(20);

  private Patience() {}

  /** Comes back when it is so. */
  public static void until(BooleanSupplier isSo) {
    var end = Instant.now().plus(LONGEST);
    while (!isSo.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("it did not become so within " + LONGEST);
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
