package io.generalbots.operator.cluster.servers;

import io.generalbots.operator.kernel.Health;

/** What is said of servers that are stopped on purpose. */
public final class Hibernation {

  private Hibernation() {}

  /**
   * How far it is.
   *
   * @param left servers that still run
   */
  public static Health health(int left) {
    return left == 0
        ? Health.stopped("Hibernated", "stopped; the volumes are kept")
        : Health.waiting("Hibernating", left + " servers are still stopping");
  }
}
