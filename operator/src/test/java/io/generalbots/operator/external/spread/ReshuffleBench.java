package io.generalbots.operator.external.spread;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.generalbots.sharding.hash.HashFunction;
import io.generalbots.sharding.hash.RoutingTable;
import io.generalbots.sharding.hash.Turn;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Measures how rows move from four shards to five while they are written: {@code dev/bench
 * reshard}. Everything it finds out is one line of JSON at its end.
 */
class ReshuffleBench {

  private static final int SHARDS = 5;
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final int rows = Integer.getInteger("rows", 200_000);
  private final int ranges = Integer.getInteger("ranges", 1);
  private final Map<String, Object> found = new LinkedHashMap<>();
  private final List<Session> sessions = new ArrayList<>();

  @Test
  void measure() throws Exception {
    var programs = TemporaryServer.installed();
    assumeTrue(programs.isPresent(), "needs PostgreSQL: set PG_BIN");
    try (var server = TemporaryServer.start(programs.get())) {
      found.put("rows", rows);
      found.put("ranges_at_a_time", ranges);
      fill(server);
      var spread = spread();
      move(server, spread, 4);
      sessions.forEach(s -> s.run("VACUUM ANALYZE public.message"));
      measured(server, spread);
    }
    System.out.println(new ObjectMapper().writeValueAsString(found));
  }

  private void fill(TemporaryServer server) {
    try (var main = server.open("postgres")) {
      IntStream.range(0, SHARDS).forEach(n -> main.run("CREATE DATABASE shard_" + n));
    }
    IntStream.range(0, SHARDS).forEach(n -> sessions.add(server.open("shard_" + n)));
    var first = sessions.get(0);
    first.run(
        "CREATE TABLE public.message (id uuid PRIMARY KEY DEFAULT gen_random_uuid(),"
            + " user_id uuid NOT NULL, body text, at timestamptz DEFAULT now());"
            + " CREATE INDEX ON public.message (user_id, at)");
    found.put("insert_us_unguarded", insert(first));
  }

  /** Microseconds a row. */
  private double insert(Session session) {
    var begin = System.nanoTime();
    session.run(
        "INSERT INTO public.message (user_id, body) SELECT md5((n % 20000)::text)::uuid, repeat('x', 200)"
            + " FROM generate_series(1, %d) n".formatted(rows / 2));
    return (System.nanoTime() - begin) / 1e3 / (rows / 2.0);
  }

  private Spread spread() {
    var shards = IntStream.range(0, SHARDS).mapToObj(n -> new Shard(n, "any", "shard_" + n));
    var spread = new Spread("by-user", "user_id", List.of("message"), shards.toList());
    var outfit = new Outfit(spread);
    for (var shard = 0; shard < SHARDS; shard++) {
      var table = RoutingTable.of(HashFunction.CONSISTENT_HASH, 1);
      outfit.open(sessions.get(shard), shard, Turn.first(table));
      outfit.add(sessions.get(0), sessions.get(shard), "message");
    }
    found.put("insert_us_guarded", insert(sessions.get(0)));
    return spread;
  }

  private void measured(TemporaryServer server, Spread spread) throws Exception {
    var before = count();
    var writers = IntStream.range(0, SHARDS).mapToObj(n -> server.open("shard_" + n)).toList();
    var writer = new Writer(writers, 1);
    var writing = CompletableFuture.runAsync(writer);
    var begin = Instant.now();
    move(server, spread, SHARDS);
    var taken = Duration.between(begin, Instant.now());
    writer.stop();
    writing.get();
    var moved = count(SHARDS - 1);
    found.put("seconds", taken.toMillis() / 1000.0);
    found.put("rows_moved", moved);
    found.put("share_moved", Math.round(1000.0 * moved / count()) / 1000.0);
    found.put("rows_a_second", Math.round(1000.0 * moved / taken.toMillis()));
    found.put("writes_a_second", Math.round(1000.0 * writer.writes() / taken.toMillis()));
    found.put("refused_and_tried_again", writer.refusals());
    found.put("longest_write_ms", writer.longest().toMillis());
    found.put("rows_lost_or_twice", before + writer.acknowledged().size() - count());
  }

  private static void move(TemporaryServer server, Spread spread, int goal) {
    try (var reshuffle = new Reshuffle(spread, s -> server.open(s.database()), Clock.systemUTC())) {
      var ranges = Integer.getInteger("ranges", 1);
      if (!reshuffle.goOn(goal, ranges, Instant.now().plus(LIMIT))) {
        throw new AssertionError("not within " + LIMIT);
      }
    }
  }

  private long count() {
    return IntStream.range(0, SHARDS).mapToLong(this::count).sum();
  }

  private long count(int shard) {
    var rows = "SELECT count(*) FROM public.message";
    return sessions.get(shard).ask(rows, Tuple.tuple()).get(0).getLong(0);
  }
}
