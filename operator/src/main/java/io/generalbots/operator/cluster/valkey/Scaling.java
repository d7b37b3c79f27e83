package io.generalbots.operator.cluster.valkey;

import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Wish;
import java.util.Optional;

/**
 * How many servers to ask for now: up at once, down one by one, and never the primary.
 *
 * @param situation the servers
 */
record Scaling(Situation situation) {

  /** The number for the StatefulSet in this round. */
  int replicas() {
    var current = situation.current();
    var wished = situation.wished();
    if (situation.hibernates() || wished >= current) {
      return wished;
    }
    return mayRemoveLast() ? current - 1 : current;
  }

  /** How many servers may hold data that counts: those wished for and those not gone yet. */
  int members() {
    if (situation.hibernates()) {
      return situation.spec().replicas();
    }
    return Math.max(replicas(), situation.servers().span());
  }

  /** A primary that is to go is restarted first: it gives its role away before it stops. */
  Optional<Wish> handOver() {
    var shrinks = !situation.hibernates() && situation.wished() < situation.current();
    return shrinks && isSettled() && isLastPrimary()
        ? situation.servers().primary().map(Scaling::restart)
        : Optional.empty();
  }

  /** Whether this is a step on the way down that has to wait. */
  boolean isUnderway() {
    return situation.set().isPresent() && situation.current() != situation.wished();
  }

  private boolean mayRemoveLast() {
    return isSettled() && situation.servers().primary().isPresent() && !isLastPrimary();
  }

  /** All are there and well, so that removing one leaves the others in sync. */
  private boolean isSettled() {
    return situation.servers().areReady(situation.current());
  }

  private boolean isLastPrimary() {
    return situation
        .servers()
        .primary()
        .filter(p -> p.ordinal() == situation.current() - 1)
        .isPresent();
  }

  private static Wish restart(Instance primary) {
    return new Wish.Remove(
        primary.pod(),
        Wish.Cascade.DEPENDENTS,
        Decision.normal(
            "HandingOver",
            primary.name()
                + " is primary and is to go: restarting it, so that another takes over"));
  }
}
