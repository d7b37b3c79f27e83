package io.generalbots.operator.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a pod of the pooler does on its own, with databases that are at another server. */
class PoolerGuardTest {

  private static final String ACME = "t_acme";
  private static final String OTHER = "t_acme-2";
  private static final String HOME = TwoServers.HOME;
  private static final String SHARD = TwoServers.SHARD;

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static TwoServers servers;

  @BeforeAll
  static void startServers() throws Exception {
    servers = TwoServers.start();
  }

  @AfterAll
  static void stopServers() {
    TwoServers.stop(servers);
  }

  @BeforeEach
  void clear() {
    servers.clear();
  }

  @Test
  void clientsOfAnOperatorThatCrashedGoOnWhereItWas() throws Exception {
    try (var poolers = new ReroutedPoolers(servers, "{}").start()) {
      poolers.stage(HOME, SHARD, ACME, OTHER);
      var paused = poolers.write(ACME);
      var switched = poolers.write(OTHER);
      var operator = Vertx.vertx();
      poolers.open(operator).pause(ACME);
      var other = poolers.open(operator);
      other.pause(OTHER);
      other.switchTo(OTHER, SHARD);
      Waiting.within(LIMIT, "the crash", operator.close());
      paused.more(50);
      switched.more(50);
      paused.stop();
      switched.stop();
      assertThat(paused.errors()).isEmpty();
      assertThat(switched.errors()).isEmpty();
      assertThat(servers.notes(SHARD, ACME)).isEmpty();
      assertThat(servers.notes(SHARD, OTHER)).isNotEmpty();
      assertThat(poolers.says(r -> r.isSwitched(ACME, SHARD))).isFalse();
      assertThat(poolers.says(r -> r.isSwitched(OTHER, SHARD))).isTrue();
      assertThat(poolers.first().log()).contains(ACME + " is paused for more than 10 s: resuming");
    }
  }

  @Test
  void aPodThatStartsLeadsWhereTheDatabaseIsAndOneThatStartsAgainWhereItHasSwitched()
      throws Exception {
    var staged = "%s %s %s".formatted(ACME, HOME, SHARD);
    try (var poolers = new ReroutedPoolers(servers, "{}").routes(staged).start()) {
      assertThat(poolers.says(r -> r.isStaged(ACME, SHARD))).isTrue();
      assertThat(poolers.says(r -> r.isSwitched(ACME, HOME))).isTrue();
      try (var rerouting = poolers.open()) {
        rerouting.pause(ACME);
        rerouting.switchTo(ACME, SHARD);
      }
      for (var pooler : poolers.all()) {
        pooler.stop();
        pooler.start();
      }
      assertThat(poolers.says(r -> r.isSwitched(ACME, SHARD))).isTrue();
      var note = poolers.first().run().resolve("switched/" + ACME);
      assertThat(note).hasContent(SHARD);
      poolers.routes(ACME + " " + SHARD);
      Until.holds("the note is gone", () -> !Files.exists(note));
      assertThat(poolers.says(r -> r.isSwitched(ACME, SHARD))).isTrue();
    }
  }

  @Test
  void aNoteByWhichPgBouncerDoesNotActIsTakenBack() throws Exception {
    try (var poolers = new ReroutedPoolers(servers, "{}").start()) {
      poolers.stage(HOME, SHARD, ACME);
      var note = poolers.first().run().resolve("switched/" + ACME);
      Files.writeString(note, SHARD + "\n");
      Until.holds("the note is gone", () -> !Files.exists(note));
      assertThat(poolers.says(r -> r.isSwitched(ACME, HOME))).isTrue();
    }
  }

  @Test
  void aLineThatIsNoRouteIsSaidAndSkipped() throws Exception {
    String[] lines = {
      "postgres " + SHARD,
      "t_acme",
      "t_acme  " + SHARD,
      "t_acme " + SHARD + " dbname=postgres",
      "t_acme x' user=postgres",
      "t_ACME " + SHARD,
      "t_" + "a".repeat(41) + " " + SHARD,
      OTHER + " " + SHARD,
      OTHER + " " + HOME
    };
    try (var poolers = new ReroutedPoolers(servers, "{}").routes(lines).start()) {
      assertThat(poolers.says(r -> r.isSwitched(OTHER, SHARD))).isTrue();
      assertThat(poolers.says(r -> r.isSwitched(ACME, SHARD))).isFalse();
      assertThat(poolers.first().log().lines().filter(l -> l.contains("no route: ")).distinct())
          .hasSize(8);
    }
  }

  @Test
  void aServerThatIsAwayHoldsBackItsOwnDatabasesAndNoOther() throws Exception {
    try (var poolers = new ReroutedPoolers(servers, "{}").routes(ACME + " " + SHARD).start()) {
      var others = poolers.write(OTHER);
      var client = poolers.client(ACME);
      Waiting.within(LIMIT, "asking", client.query("SELECT 1").execute());
      var answer = Future.<RowSet<Row>>failedFuture("not asked");
      servers.shard().crash();
      try {
        Until.holds("held back", () -> poolers.first().log().contains("PAUSE 't_acme' command"));
        answer = client.query("INSERT INTO public.notes VALUES ('waited')").execute();
        others.longest();
        others.more(50);
        assertThat(others.longest()).isLessThan(Duration.ofSeconds(1));
        assertThat(answer.isComplete()).isFalse();
      } finally {
        servers.shard().begin();
      }
      Waiting.within(LIMIT, "the answer", answer);
      others.stop();
      assertThat(others.errors()).isEmpty();
      assertThat(servers.notes(SHARD, ACME)).containsExactly("waited");
      assertThat(poolers.first().log()).doesNotContain("got SIGUSR1");
    }
  }

  @Test
  void nobodyEntersByTheEntryThatIsThereToBePaused() throws Exception {
    try (var poolers = new ReroutedPoolers(servers, "{}").start()) {
      poolers.stage(HOME, SHARD, ACME);
      assertThatThrownBy(() -> poolers.client(ACME + ".next"))
          .hasMessageContaining("not currently accepting connections");
    }
  }
}
