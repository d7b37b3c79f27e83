package io.generalbots.operator.external.tenant;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The last measure of the stores of one BotCluster, which all its Tenants share: however many they
 * are, each store is asked once.
 */
final class Measure {

  private final ReentrantLock taking = new ReentrantLock();
  private volatile Sizes sizes = Sizes.UNKNOWN;
  private long takenAt;
  private boolean isTaken;

  /**
   * What was measured no longer ago than this; else what is measured now. Who comes while another
   * measures does not wait for it, and gets what was known before.
   *
   * @param next what is known after a measure, of what was known before
   */
  Sizes within(Duration age, UnaryOperator<Sizes> next) {
    if (taking.tryLock()) {
      try {
        if (!isTaken || System.nanoTime() - takenAt > age.toNanos()) {
          sizes = next.apply(sizes);
          takenAt = System.nanoTime();
          isTaken = true;
        }
      } finally {
        taking.unlock();
      }
    }
    return sizes;
  }
}
