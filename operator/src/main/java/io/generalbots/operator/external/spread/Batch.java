package io.generalbots.operator.external.spread;

import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.kernel.Unfinished;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Ranges that move at the same time. */
final class Batch {

  /** Nobody should wait for longer to write to a range that is being handed over. */
  private static final Duration SHUT = Duration.ofMillis(2500);

  /** Changes come faster than they are copied if there is no end after so many times. */
  private static final int CHASES = 20;

  private final Spread spread;
  private final Council council;
  private final Clock clock;
  private final boolean back;
  private final List<Freight> freights = new ArrayList<>();

  Batch(Spread spread, Council council, Clock clock, boolean back) {
    this.spread = spread;
    this.council = council;
    this.clock = clock;
    this.back = back;
  }

  void move(int ranges) {
    begin(ranges);
    freights.forEach(Freight::removeFormer);
    forgetChanges();
    freights.forEach(Freight::copy);
    freights.forEach(Freight::follow);
    freights.forEach(Freight::compareMost);
    chase();
    handOver();
  }

  /** Whoever was cut off while nobody could write lets them first of all. */
  private void begin(int ranges) {
    if (council.turn().closed()) {
      council.advance(council.turn().reopen());
    }
    if (!council.turn().isMoving()) {
      council.advance(back ? council.turn().moveBack(ranges) : council.turn().moveOn(ranges));
    }
    for (var crossing : Crossing.of(council.turn().table(), spread)) {
      for (var table : spread.tables()) {
        freights.add(
            new Freight(
                new Cargo(spread, table),
                crossing,
                council.session(crossing.source()),
                council.session(crossing.target())));
      }
    }
  }

  /** What was noted until now is in what is copied from now on. */
  private void forgetChanges() {
    council
        .sessions()
        .forEach(
            session ->
                session.change(
                    "DELETE FROM sharding.change WHERE policy = $1", Tuple.of(spread.policy())));
  }

  /** Until there is little left, so that nobody waits long for it. */
  private void chase() {
    var start = clock.instant();
    for (var i = 0; i < CHASES && (i == 0 || isSlow(start)); i++) {
      start = clock.instant();
      freights.forEach(Freight::follow);
    }
  }

  private boolean isSlow(Instant start) {
    return Duration.between(start, clock.instant()).compareTo(SHUT.dividedBy(5)) > 0;
  }

  private void handOver() {
    var end = clock.instant().plus(SHUT);
    try {
      council.advance(council.turn().close());
      freights.forEach(freight -> before(end, freight::follow));
      freights.forEach(freight -> before(end, freight::compareRest));
    } catch (StepFailure | Unfinished e) {
      reopen(e);
      throw e;
    }
    council.advance(council.turn().arrive());
  }

  private void before(Instant end, Runnable work) {
    if (!clock.instant().isBefore(end)) {
      throw new Unfinished(
          "ranges %s could not be handed over within %d ms: tried again"
              .formatted(council.turn().table(), SHUT.toMillis()));
    }
    work.run();
  }

  private void reopen(RuntimeException why) {
    try {
      if (council.turn().closed()) {
        council.advance(council.turn().reopen());
      }
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
  }
}
