package io.generalbots.operator.external.tenant;

import io.generalbots.operator.kernel.Unfinished;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.stream.StreamSupport;

/**
 * What is said to a server so that a Tenant's keys go.
 *
 * @param step what is wanted
 * @param asked the server
 */
record Clearing(ClearCache step, Server asked) {

  /** Keys that are looked at in one go: about a millisecond in which the server does no more. */
  private static final int BATCH = 1_000;

  private static final String RUN = "run_id:";

  /** The server in its present life. */
  static String life(Server asked) {
    return asked
        .ask(Request.cmd(Command.INFO).arg("server"))
        .toString()
        .lines()
        .filter(line -> line.startsWith(RUN))
        .map(line -> line.substring(RUN.length()))
        .findFirst()
        .orElse("");
  }

  /** Whoever is let in would write again what was removed. */
  void requireClosed() {
    var users = asked.ask(Request.cmd(Command.ACL).arg("USERS"));
    StreamSupport.stream(users.spliterator(), false)
        .map(Response::toString)
        .filter(step.logins()::contains)
        .findFirst()
        .ifPresent(
            user -> {
              throw new Unfinished("the cache has yet to shut out " + user);
            });
  }

  /** Looks at some keys; where to go on, which is the beginning once all were looked at. */
  Place some(Place place) {
    var scan = Request.cmd(Command.SCAN).arg(place.cursor());
    var answer = asked.ask(scan.arg("MATCH").arg(step.prefix() + "*").arg("COUNT").arg(BATCH));
    var keys = answer.get(1);
    if (keys.size() > 0) {
      var unlink = Request.cmd(Command.UNLINK);
      keys.forEach(key -> unlink.arg(key.toBuffer()));
      asked.ask(unlink);
    }
    return new Place(place.server(), answer.get(0).toString());
  }

  /** Sends a command, and waits for the answer. */
  @FunctionalInterface
  interface Server {
    Response ask(Request command);
  }
}
