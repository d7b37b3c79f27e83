package io.generalbots.operator.external.move;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.external.PostgresSessions;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.tenant.Copy;
import io.generalbots.operator.external.tenant.Provisioner;
import io.generalbots.operator.kernel.StepDriver;
import io.generalbots.operator.kernel.Unfinished;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;

/**
 * Looks how far a database is on its way, and hands it over once it is there. Of the two copies one
 * at most is open to the Tenant at any time; which, is said by the servers alone, so that whoever
 * comes after a crash goes on from there.
 */
public final class HandOverDriver implements StepDriver<HandOver> {

  private static final String[] BEFORE_IT = {
    Course.COPYING, Course.CATCHING_UP, Course.VERIFIED, Course.REFUSED, "SchemaChanged"
  };

  /** The mark of the program where the database has come; gone once it has cleaned up. */
  private static final String MARKED = "SELECT to_regclass('generalbots_move.mark') IS NOT NULL";

  private static final String ARRIVED =
      "SELECT count(*) FROM generalbots_move.mark WHERE move = $1 AND state IN ('Handed', 'Told')";

  private final Ways ways;
  private final Provisioner provisioner;

  public HandOverDriver(KubernetesClient client, Vertx vertx, Provisioner provisioner) {
    this.ways = new Ways(client, new PostgresSessions(vertx));
    this.provisioner = provisioner;
  }

  @Override
  public Class<HandOver> type() {
    return HandOver.class;
  }

  @Override
  public void perform(HandOver step, String namespace) {
    var source = ways.into(step.from(), step);
    if (source.isEmpty()) {
      recover(step);
      return;
    }
    try (var session = source.get()) {
      if (step.isGivenUp()) {
        giveUp(session, step);
      } else {
        goOn(session, step);
      }
    }
  }

  private void goOn(MoverSession session, HandOver step) {
    var course = session.course(step.id());
    if (course.is(Course.VERIFIED)) {
      new CutOver(ways, provisioner, step).perform(session);
      return;
    } else if (course.is(Course.REFUSED)) {
      throw new StepFailure(course.message());
    } else if (course.is(Course.HANDED)) {
      throw new StepFailure(
          "the database on %s was opened after it had been handed over: close it, or remove the copy on %s"
              .formatted(step.from().cluster(), step.to().cluster()));
    }
    // Who was to hand over did not come to it: the source is open.
    session.turn(step.id(), Course.VERIFIED, Course.CUTTING_OVER);
    throw new Unfinished(phase(course).words(words(course)));
  }

  private static Phase phase(Course course) {
    return switch (course.phase()) {
      case Course.COPYING -> Phase.COPYING;
      case Course.CATCHING_UP -> Phase.CATCHING_UP;
      case Course.CUTTING_OVER -> Phase.VERIFIED;
      default -> Phase.PENDING;
    };
  }

  private static String words(Course course) {
    return course.equals(Course.NONE) ? "what carries it is being started" : course.words();
  }

  /** What carries it takes away what it made, once it hears of it. */
  private static void giveUp(MoverSession session, HandOver step) {
    var course = session.course(step.id());
    if (course.equals(Course.NONE) || course.is(Course.BACK)) {
      return;
    }
    if (!session.turn(step.id(), Course.BACK, BEFORE_IT)) {
      throw new Unfinished(Phase.CUTTING_OVER.words("it is being handed over"));
    }
  }

  /**
   * Somebody closed the source and did not come to the end. Nothing carries it while it is looked
   * at how far that was: what has arrived is used, and otherwise the source is.
   */
  private void recover(HandOver step) {
    provisioner.sever(step.from());
    provisioner.sever(step.to());
    if (!hasArrived(step)) {
      provisioner.reopen(step.from());
      throw new Unfinished(
          Phase.VERIFIED.words("the hand-over was cut off, and is tried once more"));
    }
    try (var poolers = ways.poolers(step)) {
      var database = step.from().database();
      if (!poolers.isSwitched(database, Ways.host(step.to()))) {
        poolers.pause(database);
        poolers.switchTo(database, Ways.host(step.to()));
      }
    }
    if (step.isGivenUp()) {
      throw new Unfinished(
          Phase.CUTTING_OVER.words("it was handed over already, and can be moved back after it"));
    }
  }

  /** Without a mark nothing has been carried yet, or all of it was: its program knows. */
  private boolean hasArrived(HandOver step) {
    Copy copy = step.to();
    try (var target = ways.into(copy, step).orElseThrow(() -> closed(copy))) {
      var isMarked = target.first(MARKED, Tuple.tuple()).filter(r -> r.getBoolean(0)).isPresent();
      return isMarked
          ? target.first(ARRIVED, Tuple.of(step.id())).filter(r -> r.getLong(0) > 0).isPresent()
          : step.isEnded();
    }
  }

  private static StepFailure closed(Copy copy) {
    return new StepFailure("nobody is let into the copy on " + copy.cluster());
  }
}
