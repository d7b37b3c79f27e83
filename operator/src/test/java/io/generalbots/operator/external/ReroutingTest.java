package io.generalbots.operator.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Databases that go from one server to another, below real poolers with real clients. */
class ReroutingTest {

  private static final String ACME = "t_acme";
  private static final String OTHER = "t_acme-2";
  private static final String HOME = TwoServers.HOME;
  private static final String SHARD = TwoServers.SHARD;
  private static final String ADMIN = "|generalbots-operator|";
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
  void clientsGoOnWritingWhileTheirDatabaseMovesAndComesBack() throws Exception {
    try (var poolers = new ReroutedPoolers(servers, "{}").start()) {
      var writers = poolers.write(OTHER);
      poolers.stage(HOME, SHARD, OTHER);
      writers.more(50);
      var there = move(poolers, writers, SHARD);
      arrived(poolers, SHARD, OTHER + " " + SHARD);
      assertNothingMore(writers, HOME);
      poolers.stage(SHARD, HOME, OTHER);
      var back = move(poolers, writers, HOME);
      // Without a route of its own, its clients stay as well.
      arrived(poolers, HOME);
      assertNothingMore(writers, SHARD);
      assertThat(List.of(there, back)).allMatch(p -> p.compareTo(Duration.ofSeconds(3)) < 0);
      var written = writers.stop();
      assertThat(writers.errors()).isEmpty();
      assertThat(notes()).containsExactlyInAnyOrderElementsOf(written);
    }
  }

  @Test
  void aLongTransactionEndsThePauseAndNotThePauseTheTransaction() throws Exception {
    try (var poolers = new ReroutedPoolers(servers, "{}").start()) {
      poolers.stage(HOME, SHARD, OTHER);
      var writers = poolers.write(OTHER);
      var client = poolers.client(OTHER);
      run(client, "BEGIN; INSERT INTO public.notes VALUES ('long')");
      try (var rerouting = poolers.open()) {
        var watch = System.nanoTime();
        assertThatThrownBy(() -> rerouting.pause(OTHER))
            .isInstanceOf(StepFailure.class)
            .hasMessageContaining("waits for transactions under way");
        assertThat(System.nanoTime() - watch).isLessThan(Duration.ofSeconds(2).toNanos());
        writers.more(50);
        assertThatThrownBy(() -> rerouting.switchTo(OTHER, SHARD)).isInstanceOf(StepFailure.class);
      }
      // The session that gave the order is not left behind, which would never be answered.
      Until.holds(
          "no session stays", () -> !poolers.first().console("SHOW CLIENTS").contains(ADMIN));
      run(client, "COMMIT");
      writers.stop();
      assertThat(writers.errors()).isEmpty();
      assertThat(servers.notes(HOME, OTHER)).contains("long");
      assertThat(servers.notes(SHARD, OTHER)).isEmpty();
    }
  }

  @Test
  void clientsThatKeepTheirSessionsAreSentAwayAndFindTheNextServer() throws Exception {
    try (var poolers = new ReroutedPoolers(servers, "{poolMode: Session}").start()) {
      poolers.stage(HOME, SHARD, ACME);
      var client = poolers.client(ACME);
      run(client, "INSERT INTO public.notes VALUES ('before')");
      try (var rerouting = poolers.open()) {
        rerouting.pause(ACME);
        rerouting.switchTo(ACME, SHARD);
      }
      assertThatThrownBy(() -> run(client, "SELECT 1")).isInstanceOf(StepFailure.class);
      run(poolers.client(ACME), "INSERT INTO public.notes VALUES ('after')");
      assertThat(servers.notes(HOME, ACME)).containsExactly("before");
      assertThat(servers.notes(SHARD, ACME)).containsExactly("after");
    }
  }

  @Test
  void anOrderThatNobodyGaveIsNotFollowed() throws Exception {
    try (var poolers = new ReroutedPoolers(servers, "{}").start()) {
      poolers.stage(HOME, SHARD, ACME);
      var console = poolers.console();
      // What an operator leaves that crashes in the middle.
      Waiting.within(LIMIT, "pausing", console.pause(ACME + ".next"));
      try (var rerouting = poolers.open()) {
        rerouting.pause(ACME);
        assertThat(shown(console).get(ACME + ".next"))
            .isEqualTo(new PoolerConsole.Shown(SHARD, false));
        assertThatThrownBy(() -> rerouting.pause(ACME)).hasMessageContaining("held back already");
      }
      assertThat(shown(console).get(ACME)).isEqualTo(new PoolerConsole.Shown(HOME, false));
    }
  }

  @Test
  void whatIsSwitchedIsNotSwitchedAgain() throws Exception {
    try (var poolers = new ReroutedPoolers(servers, "{}").routes(ACME + " " + SHARD).start();
        var rerouting = poolers.open()) {
      rerouting.switchTo(ACME, SHARD);
      assertThat(rerouting.isSwitched(ACME, SHARD)).isTrue();
      assertThatThrownBy(() -> rerouting.switchTo(ACME, HOME)).isInstanceOf(StepFailure.class);
      assertThatThrownBy(() -> rerouting.pause("t_\"; SHUTDOWN")).hasMessageContaining("no such");
    }
  }

  private static Duration move(ReroutedPoolers poolers, Writers writers, String next) {
    writers.longest();
    try (var rerouting = poolers.open()) {
      rerouting.pause(OTHER);
      rerouting.switchTo(OTHER, next);
      rerouting.resume();
      assertThat(rerouting.isSwitched(OTHER, next)).isTrue();
    }
    writers.more(50);
    return writers.longest();
  }

  private static void arrived(ReroutedPoolers poolers, String server, String... routes)
      throws Exception {
    poolers.routes(routes);
    Until.holds("nothing is staged", () -> !poolers.says(r -> r.isStaged(OTHER, server)));
  }

  private static void assertNothingMore(Writers writers, String server) {
    var before = servers.notes(server, OTHER).size();
    writers.more(50);
    assertThat(servers.notes(server, OTHER)).hasSize(before);
  }

  private static List<String> notes() {
    var all = new ArrayList<>(servers.notes(HOME, OTHER));
    all.addAll(servers.notes(SHARD, OTHER));
    return all;
  }

  private static Map<String, PoolerConsole.Shown> shown(PoolerConsole console) {
    return Waiting.within(LIMIT, "asking", console.databases());
  }

  private static void run(PgConnection client, String statement) {
    Waiting.within(LIMIT, statement, client.query(statement).execute());
  }
}
