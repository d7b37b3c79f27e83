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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Keys of a tenant in a real cache, empty before: it is where the property {@code valkey} says. */
@EnabledIfSystemProperty(named = "valkey", matches = "redis://127.0.0.1:.+")
class ListingTest {

  private static final ListKeys STEP = new ListKeys("demo", "bots", "acme");
  private static final String LIST = "t:acme:generalbots:keys";
  private static final int KEYS = 5_000;
  private static final Vertx VERTX = Vertx.vertx();
  private static final RedisConnection CACHE = connect();

  private final Listing listing = new Listing(STEP, ListingTest::ask);

  @BeforeEach
  void empty() {
    ask(Request.cmd(Command.FLUSHALL));
  }

  @AfterAll
  static void close() {
    ask(Request.cmd(Command.FLUSHALL));
    VERTX.close();
  }

  @Test
  void allKeysOfATenantAreListedAndNoneOfAnybodyElse() {
    for (var i = 0; i < KEYS; i++) {
      set("t:acme:" + i);
      set("t:rival:" + i);
    }
    set("t:acmes:key");
    run();
    assertThat(listed())
        .contains("t:acme:0", "t:acme:4999", LIST)
        .allMatch(key -> key.startsWith("t:acme:"));
    assertThat(ask(Request.cmd(Command.TTL).arg(LIST)).toInteger()).isBetween(40_000, 43_200);
  }

  @Test
  void aListOfNothingIsThereAllTheSame() {
    run();
    assertThat(listed()).containsExactlyInAnyOrder(LIST, LIST + ".new");
  }

  @Test
  void aListThatIsBegunAnewHoldsNothingOfTheFormer() {
    set("t:acme:former");
    run();
    ask(Request.cmd(Command.DEL).arg("t:acme:former"));
    run();
    assertThat(listed()).doesNotContain("t:acme:former");
  }

  /** Whoever reads meanwhile reads the former one, or none. */
  @Test
  void aListIsInItsPlaceOnceItIsWhole() {
    listing.begin();
    listing.some(Place.beginning("here"));
    assertThat(ask(Request.cmd(Command.EXISTS).arg(LIST)).toInteger()).isZero();
    listing.end();
    assertThat(ask(Request.cmd(Command.EXISTS).arg(LIST)).toInteger()).isOne();
  }

  private void run() {
    listing.begin();
    var place = Place.beginning("here");
    do {
      place = listing.some(place);
    } while (!place.isBeginning());
    listing.end();
  }

  private static void set(String key) {
    ask(Request.cmd(Command.SET).arg(key).arg("x"));
  }

  private static List<String> listed() {
    var members = ask(Request.cmd(Command.SMEMBERS).arg(LIST));
    return StreamSupport.stream(members.spliterator(), false).map(Response::toString).toList();
  }

  private static Response ask(Request command) {
    return Waiting.within(Duration.ofSeconds(5), "asking", CACHE.send(command));
  }

  private static RedisConnection connect() {
    var redis = Redis.createClient(VERTX, System.getProperty("valkey", "redis://127.0.0.1:1"));
    return Waiting.within(Duration.ofSeconds(5), "connecting", redis.connect());
  }
}
