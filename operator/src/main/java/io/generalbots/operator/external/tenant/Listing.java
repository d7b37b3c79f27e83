package io.generalbots.operator.external.tenant;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;

/**
 * What is said to a server so that a Tenant's keys are listed. The list is in its place once it is
 * whole, and goes by itself.
 *
 * @param step what is wanted
 * @param asked the server
 */
record Listing(ListKeys step, Clearing.Server asked) {

  /** Keys that are looked at in one go: about a millisecond in which the server does no more. */
  private static final int BATCH = 1_000;

  /** Longer than anything that reads it may take. */
  private static final Duration LIFE = Duration.ofHours(12);

  /** Begins a list: it holds its own name, as a set of nothing would not be there. */
  void begin() {
    asked.ask(Request.cmd(Command.DEL).arg(draft()));
    asked.ask(Request.cmd(Command.SADD).arg(draft()).arg(step.key()));
    asked.ask(Request.cmd(Command.EXPIRE).arg(draft()).arg(LIFE.toSeconds()));
  }

  /** Lists some keys; where to go on, which is the beginning once all were looked at. */
  Place some(Place place) {
    var scan = Request.cmd(Command.SCAN).arg(place.cursor());
    var answer = asked.ask(scan.arg("MATCH").arg(step.prefix() + "*").arg("COUNT").arg(BATCH));
    var keys = answer.get(1);
    if (keys.size() > 0) {
      var add = Request.cmd(Command.SADD).arg(draft());
      keys.forEach(key -> add.arg(key.toBuffer()));
      asked.ask(add);
    }
    return new Place(place.server(), answer.get(0).toString());
  }

  void end() {
    asked.ask(Request.cmd(Command.RENAME).arg(draft()).arg(step.key()));
  }

  private String draft() {
    return step.key() + ".new";
  }
}
