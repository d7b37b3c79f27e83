package io.generalbots.operator.external.tenant;

import io.generalbots.operator.kernel.Unfinished;
import java.time.Duration;

/** The time that a step has before it lets others go on. */
final class Turn {

  private final long end;

  /** A turn that begins now. */
  Turn(Duration length) {
    this.end = System.nanoTime() + length.toNanos();
  }

  /** Unfinished, and busy with this, once the time is over. */
  void goOn(String what) {
    if (System.nanoTime() - end > 0) {
      throw new Unfinished(what);
    }
  }
}
