package io.generalbots.operator.external.move;

import io.generalbots.operator.external.Rerouting;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.tenant.Provisioner;
import io.generalbots.operator.kernel.Unfinished;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * The moment in which a database changes its server: clients wait at the poolers, the source is
 * closed, the rest is carried, and the clients go on at the target. What is not done in time is
 * undone: the source is opened again, and nothing is lost.
 *
 * @param ways to servers and poolers
 * @param provisioner closes and opens
 * @param step what is handed over
 */
record CutOver(Ways ways, Provisioner provisioner, HandOver step) {

  private static final Logger LOG = Logger.getLogger(CutOver.class);

  /** From the closing of the source to the end of the program's part. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static final Duration LOOK = Duration.ofMillis(20);

  void perform(MoverSession source) {
    var database = step.from().database();
    var host = Ways.host(step.to());
    try (var poolers = ways.poolers(step)) {
      if (!poolers.isStaged(database, host)) {
        throw new Unfinished(
            Phase.VERIFIED.words("the poolers have yet to hear of the new server"));
      }
      var began = Instant.now();
      pause(poolers, database);
      handOver(source);
      poolers.switchTo(database, host);
      LOG.infof(
          "%s was handed over from %s to %s in %d ms",
          database,
          step.from().cluster(),
          step.to().cluster(),
          Duration.between(began, Instant.now()).toMillis());
    }
  }

  /** Who waits for a transaction of a client tries again later. */
  private static void pause(Rerouting poolers, String database) {
    try {
      poolers.pause(database);
    } catch (StepFailure e) {
      throw new Unfinished(Phase.VERIFIED.words(String.valueOf(e.getMessage())), e);
    }
  }

  /** Where nobody knows whether it is handed over, it stays closed until somebody has looked. */
  private void handOver(MoverSession source) {
    shut();
    if (!isHanded(source)) {
      provisioner.reopen(step.from());
      throw new Unfinished(
          Phase.VERIFIED.words("it took too long to carry the rest, and is tried once more"));
    }
  }

  private void shut() {
    try {
      provisioner.shut(step.from());
    } catch (RuntimeException e) {
      provisioner.reopen(step.from());
      throw e;
    }
  }

  /** Either the program says that it is, or it cannot any more. */
  private boolean isHanded(MoverSession source) {
    source.turn(step.id(), Course.CUTTING_OVER, Course.VERIFIED);
    var end = System.nanoTime() + LIMIT.toNanos();
    while (source.course(step.id()).is(Course.CUTTING_OVER) && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK.toMillis()));
    }
    source.turn(step.id(), Course.VERIFIED, Course.CUTTING_OVER);
    return source.course(step.id()).is(Course.HANDED);
  }
}
