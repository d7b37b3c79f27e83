package io.generalbots.edge;

import java.util.Random;
import java.util.function.Consumer;

/** Tries a law on many random cases; the same ones every time. */
public final class Laws {

  /** Spreads seeds: neighbouring ones would make {@link Random} begin alike. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private Laws() {}

  /** The case that breaks the law is named by its seed. */
  public static void hold(int cases, Consumer<Random> law) {
    for (var seed = 1; seed <= cases; seed++) {
      try {
        law.accept(new Random(seed * SPREAD));
      } catch (AssertionError | RuntimeException broken) {
        throw new AssertionError("the law is broken by seed " + seed, broken);
      }
    }
  }
}
