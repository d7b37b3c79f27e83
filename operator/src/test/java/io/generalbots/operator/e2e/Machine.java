package io.generalbots.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;

/** The machine that all servers of a test share with the tests beside it. */
final class Machine {

  /** The load average a core up to which what a server takes is its own time. */
  private static final double CALM = 3;

  private Machine() {}

  /**
   * Fails if something took longer than it may.
   *
   * @param seconds it took
   * @param calm the limit, while there is time left for the servers
   * @param busy the limit on a machine that has none left
   */
  static void assertWithin(double seconds, double calm, double busy) {
    var system = ManagementFactory.getOperatingSystemMXBean();
    var load = system.getSystemLoadAverage() / system.getAvailableProcessors();
    assertThat(seconds)
        .as("seconds at a load average of %.1f a core", load)
        .isLessThan(load <= CALM ? calm : busy);
  }
}
