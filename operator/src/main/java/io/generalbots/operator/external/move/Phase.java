package io.generalbots.operator.external.move;

import java.util.Arrays;
import java.util.Optional;

/** How far the database of a Tenant is on its way to another server. */
public enum Phase {
  /** What carries it has yet to begin. */
  PENDING("Pending"),
  /** Tables are made, and rows copied as they are at one moment. */
  COPYING("Copying"),
  /** What is written meanwhile is copied as well, and all of it compared. */
  CATCHING_UP("CatchingUp"),
  /** Both are the same but for what was written just now. */
  VERIFIED("Verified"),
  /** Nobody gets in until the new one is open. */
  CUTTING_OVER("CuttingOver"),
  /** The new one is used, and the old one is still there. */
  SOAKING_OLD("SoakingOld");

  private final String word;

  Phase(String word) {
    this.word = word;
  }

  /** As conditions say it. */
  public String word() {
    return word;
  }

  /** As a step says it that is under way: the phase, and more about it. */
  public String words(String more) {
    return word + ": " + more;
  }

  /** The one that such words begin with. */
  public static Optional<Phase> of(String words) {
    return Arrays.stream(values()).filter(p -> words.startsWith(p.word + ":")).findFirst();
  }
}
