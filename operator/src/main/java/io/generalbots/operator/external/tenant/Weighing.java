package io.generalbots.operator.external.tenant;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * How far one came in weighing the keys of all tenants. Each key is asked for by itself, between
 * what others ask; of a large one the server looks at five elements, not at all.
 *
 * @param place how far
 * @param bytes by tenant, of the keys that were looked at
 * @param isDone whether those are all
 */
record Weighing(Place place, Map<String, Long> bytes, boolean isDone) {

  /** Keys that are looked at in one go: about a millisecond in which the server does no more. */
  private static final int BATCH = 500;

  private static final String PREFIX = "t:";
  private static final String RUN = "run_id:";

  Weighing {
    bytes = Map.copyOf(bytes);
  }

  /** Where another look ended, if the server still lives the same life; else from the start. */
  static Weighing of(Server server, Optional<Weighing> former) {
    var life =
        server
            .ask(Request.cmd(Command.INFO).arg("server"))
            .toString()
            .lines()
            .filter(line -> line.startsWith(RUN))
            .findFirst()
            .orElse("");
    return former
        .filter(weighing -> weighing.place().server().equals(life))
        .orElseGet(() -> new Weighing(Place.beginning(life), Map.of(), false));
  }

  /** The same with some more keys. */
  Weighing some(Server server) {
    var scan = Request.cmd(Command.SCAN).arg(place.cursor());
    var answer = server.ask(scan.arg("MATCH").arg(PREFIX + "*").arg("COUNT").arg(BATCH));
    var next = new Place(place.server(), answer.get(0).toString());
    var keys = StreamSupport.stream(answer.get(1).spliterator(), false).toList();
    return new Weighing(next, weighed(keys, server), next.isBeginning());
  }

  private Map<String, Long> weighed(List<Response> keys, Server server) {
    var sums = new HashMap<>(bytes);
    for (var from = 0; from < keys.size(); from += BATCH) {
      var some = keys.subList(from, Math.min(keys.size(), from + BATCH));
      var weights = server.ask(some.stream().map(Weighing::weight).toList());
      for (var i = 0; i < some.size(); i++) {
        var weight = weights.get(i);
        if (weight != null) {
          tenant(some.get(i)).ifPresent(t -> sums.merge(t, weight.toLong(), Long::sum));
        }
      }
    }
    return sums;
  }

  private static Request weight(Response key) {
    return Request.cmd(Command.MEMORY).arg("USAGE").arg(key.toBuffer());
  }

  /** Whose a key is: the text between its first two colons. */
  private static Optional<String> tenant(Response key) {
    var name = key.toString(StandardCharsets.ISO_8859_1);
    var end = name.indexOf(':', PREFIX.length());
    return end < 0 ? Optional.empty() : Optional.of(name.substring(PREFIX.length(), end));
  }

  /** Sends commands, and waits for the answers; that to a key that is gone is null. */
  interface Server {
    Response ask(Request command);

    List<Response> ask(List<Request> commands);
  }
}
