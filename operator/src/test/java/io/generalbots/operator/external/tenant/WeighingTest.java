package io.generalbots.operator.external.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.operator.external.Waiting;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Keys of tenants in a real cache, empty before: it is where the property {@code valkey} says. */
@EnabledIfSystemProperty(named = "valkey", matches = "redis://127.0.0.1:.+")
class WeighingTest {

  private static final int KEYS = 20_000;
  private static final Vertx VERTX = Vertx.vertx();
  private static final Cache CACHE = connect();

  @AfterAll
  static void close() {
    CACHE.ask(Request.cmd(Command.FLUSHALL));
    VERTX.close();
  }

  @Test
  void eachKeyCountsForWhoeverItsPrefixNames() {
    CACHE.ask(Request.cmd(Command.FLUSHALL));
    fill("t:acme:", KEYS, 1_000);
    fill("t:rival:", 10, 1_000);
    fill("of-the-platform:", KEYS, 1_000);
    fill("t:nobody", 1, 10);
    var first = whole(Optional.empty());
    assertThat(first.bytes()).containsOnlyKeys("acme", "rival");
    assertThat(first.bytes().get("acme")).isBetween(KEYS * 1_000L, KEYS * 1_400L);
    assertThat(first.bytes().get("rival")).isBetween(10_000L, 14_000L);
  }

  @Test
  void whatWasBegunGoesOnInTheSameLifeOfTheServerOnly() {
    CACHE.ask(Request.cmd(Command.FLUSHALL));
    fill("t:acme:", KEYS, 10);
    var begun = Weighing.of(CACHE, Optional.empty()).some(CACHE);
    assertThat(begun.isDone()).isFalse();
    assertThat(Weighing.of(CACHE, Optional.of(begun))).isEqualTo(begun);
    var elsewhere = new Weighing(new Place("another", "42"), Map.of("acme", 1L), false);
    assertThat(Weighing.of(CACHE, Optional.of(elsewhere)).bytes()).isEmpty();
    assertThat(whole(Optional.of(begun)).bytes()).isEqualTo(whole(Optional.empty()).bytes());
  }

  private static Weighing whole(Optional<Weighing> former) {
    var weighing = Weighing.of(CACHE, former);
    do {
      weighing = weighing.some(CACHE);
    } while (!weighing.isDone());
    return weighing;
  }

  private static void fill(String prefix, int keys, int size) {
    for (var from = 0; from < keys; from += 1_000) {
      var some =
          IntStream.range(from, Math.min(keys, from + 1_000))
              .mapToObj(i -> Request.cmd(Command.SET).arg(prefix + i).arg("x".repeat(size)))
              .toList();
      CACHE.ask(some);
    }
  }

  private static Cache connect() {
    var redis = Redis.createClient(VERTX, System.getProperty("valkey", "redis://127.0.0.1:1"));
    return new Cache(Waiting.within(Duration.ofSeconds(5), "connecting", redis.connect()));
  }

  private record Cache(RedisConnection connection) implements Weighing.Server {

    @Override
    public Response ask(Request command) {
      return Waiting.within(Duration.ofSeconds(5), "asking", connection.send(command));
    }

    @Override
    public List<Response> ask(List<Request> commands) {
      return Waiting.within(Duration.ofSeconds(5), "asking", connection.batch(commands));
    }
  }
}
