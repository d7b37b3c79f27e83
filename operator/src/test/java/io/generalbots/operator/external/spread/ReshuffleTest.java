package io.generalbots.operator.external.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.kernel.Unfinished;
import io.generalbots.sharding.hash.HashFunction;
import io.generalbots.sharding.hash.RoutingTable;
import io.generalbots.sharding.hash.Turn;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows move between databases of a real server while somebody writes to them. */
@Tag("REQ-SHARD-H")
class ReshuffleTest {

  private static final int MOST = 5;
  private static final int CUTS = Integer.getInteger("cuts", 4);

  private static TemporaryServer server;

  private final List<Session> sessions = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    var programs = TemporaryServer.installed();
    assumeTrue(programs.isPresent(), "no PostgreSQL here: E2E tests do the same on the node");
    server = TemporaryServer.start(programs.get());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void makeShards() {
    try (var main = server.open("postgres")) {
      for (var shard = 0; shard < MOST; shard++) {
        main.run("CREATE DATABASE shard_" + shard);
      }
    }
    for (var shard = 0; shard < MOST; shard++) {
      sessions.add(server.open("shard_" + shard));
    }
    sessions
        .get(0)
        .run(
            "CREATE TABLE public.message (id uuid PRIMARY KEY, user_id uuid NOT NULL, body text,"
                + " at timestamptz DEFAULT now(), extra jsonb, CHECK (body <> 'never'));"
                + " CREATE INDEX ON public.message (user_id, at)");
  }

  @AfterEach
  void dropShards() {
    sessions.forEach(Session::close);
    if (server != null) {
      try (var main = server.open("postgres")) {
        for (var shard = 0; shard < MOST; shard++) {
          main.run("DROP DATABASE IF EXISTS shard_%d WITH (FORCE)".formatted(shard));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsThatAreWrittenToMoveAndNoneIsLostOrThereTwice(HashFunction function) throws Exception {
    var writer = spread(function);
    var writing = CompletableFuture.runAsync(writer);

    reshuffle(4, 32);
    assertThat(counts()).hasSize(4);
    reshuffle(5, 32);
    reshuffle(3, 64);
    writer.stop();
    writing.get();

    assertThat(rows()).isEqualTo(new TreeMap<>(writer.acknowledged()));
    assertThat(counts()).hasSize(3);
    assertThat(writer.refusals()).isPositive();
    assertThat(writer.longest()).isLessThan(Duration.ofSeconds(3));
    System.out.printf(
        "%s: %d writes, %d refusals, longest %d ms%n",
        function, writer.writes(), writer.refusals(), writer.longest().toMillis());
  }

  @Test
  void whateverIsCutOffEndsOnTheNewShardsOrTheFormerOnesWithEveryRow() throws Exception {
    for (var seed = 0; seed < CUTS; seed++) {
      var random = new Random(seed);
      var writer = spread(HashFunction.CONSISTENT_HASH);
      var writing = CompletableFuture.runAsync(writer);
      var cuts = 0;
      for (var done = false; !done; ) {
        done = cutOff(random, random.nextBoolean() ? 4 : 1, random.nextInt(400));
        cuts++;
      }
      writer.stop();
      writing.get();

      assertThat(rows())
          .as("seed %d, %d cuts", seed, cuts)
          .isEqualTo(new TreeMap<>(writer.acknowledged()));
      dropShards();
      sessions.clear();
      makeShards();
    }
  }

  @Test
  void rowsThatLieByAnotherKeyAreNotTouched() {
    spread(HashFunction.CONSISTENT_HASH);
    var other = new Spread("by-user", "id", List.of("message"), spread().shards());
    Doors doors = shard -> server.open(shard.database());
    assertThatThrownBy(() -> new Reshuffle(other, doors, Clock.systemUTC()))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("are spread by user_id and not by id");
  }

  /** The operator is gone in the midst of it, with all its sessions. */
  private boolean cutOff(Random random, int goal, int millis) throws Exception {
    var opened = new ArrayList<Session>();
    Doors doors =
        shard -> {
          var session = server.open(shard.database());
          opened.add(session);
          return session;
        };
    var end = CompletableFuture.delayedExecutor(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
    var killed = CompletableFuture.runAsync(() -> List.copyOf(opened).forEach(Session::close), end);
    try (var reshuffle = new Reshuffle(spread(), doors, Clock.systemUTC())) {
      return reshuffle.goOn(
          goal, 1 + random.nextInt(64), Clock.systemUTC().instant().plusSeconds(30));
    } catch (StepFailure | Unfinished e) {
      return false;
    } finally {
      killed.get();
    }
  }

  private void reshuffle(int goal, int ranges) {
    try (var reshuffle =
        new Reshuffle(spread(), shard -> server.open(shard.database()), Clock.systemUTC())) {
      assertThat(reshuffle.goOn(goal, ranges, Clock.systemUTC().instant().plusSeconds(60)))
          .isTrue();
    }
  }

  /** All on one shard, and somebody who writes. */
  private Writer spread(HashFunction function) {
    var outfit = new Outfit(spread());
    for (var shard = 0; shard < MOST; shard++) {
      outfit.open(sessions.get(shard), shard, Turn.first(RoutingTable.of(function, 1)));
      outfit.add(sessions.get(0), sessions.get(shard), "message");
    }
    var writers =
        IntStream.range(0, MOST).mapToObj(shard -> server.open("shard_" + shard)).toList();
    var writer = new Writer(writers, 7);
    for (var i = 0; i < 2000; i++) {
      writer.write();
    }
    return writer;
  }

  private static Spread spread() {
    var shards = IntStream.range(0, MOST).mapToObj(n -> new Shard(n, "any", "shard_" + n)).toList();
    return new Spread("by-user", "user_id", List.of("message"), shards);
  }

  private Map<UUID, String> rows() {
    var all = new TreeMap<UUID, String>();
    for (var shard = 0; shard < MOST; shard++) {
      for (var row :
          sessions
              .get(shard)
              .ask(
                  "SELECT id, user_id || ' ' || body, sharding.route('by-user', user_id::text)"
                      + " FROM public.message",
                  Tuple.tuple())) {
        assertThat(row.getInteger(2)).isEqualTo(shard);
        assertThat(all.put(row.getUUID(0), row.getString(1))).isNull();
      }
    }
    return all;
  }

  /** Rows by shard, of those that have any. */
  private Map<Integer, Integer> counts() {
    var counts = new TreeMap<Integer, Integer>();
    for (var shard = 0; shard < MOST; shard++) {
      var count =
          sessions.get(shard).ask("SELECT count(*)::int FROM public.message", Tuple.tuple());
      if (count.get(0).getInteger(0) > 0) {
        counts.put(shard, count.get(0).getInteger(0));
      }
    }
    return counts;
  }
}
