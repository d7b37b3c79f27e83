package io.generalbots.sharding.hash;

import java.util.List;
import java.util.stream.Collectors;

/** Short name of what a plan does, for people to approve: the same for the same, today or later. */
public final class PlanHash {

  /** Of 64 bits, so that 48 are left: two plans share a name once in 2.8 * 10^14. */
  private static final int DROPPED_BITS = 16;

  private PlanHash() {}

  /**
   * The hash of lines in their order: 12 hexadecimal digits. Lengths are part of it, so that no
   * line can pass for two.
   */
  public static String of(List<String> lines) {
    var text =
        lines.stream().map(line -> line.length() + ":" + line).collect(Collectors.joining("\n"));
    return String.format("%012x", KeyHash.of(text) >>> DROPPED_BITS);
  }
}
