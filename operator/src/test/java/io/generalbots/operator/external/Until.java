package io.generalbots.operator.external;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Asks again and again what no event tells. */
public final class Until {

  private static final Duration LIMIT = Duration.ofSeconds(15);

  private Until() {}

  /** Returns when it holds; fails with what was waited for. */
  public static void holds(String what, Callable<Boolean> condition) {
    var deadline = System.nanoTime() + LIMIT.toNanos();
    try {
      while (!condition.call()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("not within %s: %s".formatted(LIMIT, what));
        }
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(what, e);
    }
  }
}
