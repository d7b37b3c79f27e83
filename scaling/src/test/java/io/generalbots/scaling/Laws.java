package io.generalbots.scaling;

import java.util.Random;
import java.util.function.Consumer;

/** Tries a law on many random cases; the same ones every time. */
final class Laws {

  /** Spreads seeds: neighbouring ones would make {@link Random} begin alike. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private Laws() {}

  /** The case that breaks the law is named by its seed. */
  static void hold(int cases, Consumer<Random> law) {
    for (var seed = 1; seed <= cases; seed++) {
      try {
        law.accept(random(seed));
      } catch (AssertionError | RuntimeException broken) {
        throw new AssertionError("the law is broken by seed " + seed, broken);
      }
    }
  }

  /** The random numbers of one case, to look at it alone. */
  static Random random(long seed) {
    return new Random(seed * SPREAD);
  }
}
