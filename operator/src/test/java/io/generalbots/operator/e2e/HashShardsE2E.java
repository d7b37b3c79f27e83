package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.api.v1alpha1.shard.ShardPolicyPhase;
import io.generalbots.api.v1alpha1.shard.ShardStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Rows spread over databases by the hash of their user, in a real PostgreSQL, while they are
 * written; each test builds on the one before it.
 */
@Tag("REQ-SHARD-H")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(400)
class HashShardsE2E {

  private static final String NAMESPACE = "e2e-shard-hash";
  private static final Duration LIMIT = ofMinutes(3);
  private static final int USERS = 400;
  private static final int ROWS = 4000;

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final PostgresCluster POSTGRES = new PostgresCluster(CLIENT, NAMESPACE);
  private static final Policies POLICIES = new Policies(CLIENT, NAMESPACE, "demo");

  private static final String TABLES =
      """
      SET ROLE botserver;
      CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid());
      INSERT INTO users SELECT FROM generate_series(1, %d);
      CREATE TABLE message_history (id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE, content text NOT NULL,
        embedding vector(3) DEFAULT '[1,2,3]', extra jsonb DEFAULT 'null',
        created_at timestamptz NOT NULL DEFAULT now());
      CREATE INDEX idx_message_history_user ON message_history (user_id);
      INSERT INTO message_history (user_id, content)
        SELECT id, 'row' FROM users, generate_series(1, %d);
      CREATE TABLE user_memories (id uuid PRIMARY KEY, user_id uuid NOT NULL, slot text UNIQUE);
      """;

  /** All rows of the tables that came from nowhere but the test. */
  private static final List<String> ALL = new ArrayList<>();

  @BeforeAll
  static void oneServerWithTables() {
    POSTGRES.prepareNamespace();
    POSTGRES.create(Small.POSTGRES);
    POSTGRES.awaitReady(1, ofMinutes(4));
    sql("botserver", TABLES.formatted(USERS, ROWS / USERS));
    ALL.addAll(ids("botserver"));
  }

  @AfterAll
  static void remove() {
    POSTGRES.close();
  }

  @Test
  @Order(1)
  void aTableThatCannotBeSpreadIsRefusedWithTheReason() {
    POLICIES.create("by-user", spread("Manual", 4, "message_history, user_memories"));
    var told = POLICIES.awaitTrue("by-user", "Stalled", LIMIT);
    assertThat(told.getReason()).isEqualTo("TableRefused");
    assertThat(told.getMessage()).contains("user_memories_slot_key", "add the key to it");
    POLICIES.patch("by-user", "{\"hash\":{\"tables\":[\"message_history\"]}}");
  }

  @Test
  @Order(2)
  void whatWillMoveIsToldBeforeAnythingMoves() {
    var told = POLICIES.awaitTrue("by-user", "PlanPending", LIMIT);
    assertThat(told.getMessage()).contains("moves about 300 keys", "from 1 to 4 shards");
    assertThat(count("botserver")).isEqualTo(ROWS);
    assertThat(POLICIES.read("by-user").phase()).isEqualTo(ShardPolicyPhase.PLAN_PENDING);
  }

  @Test
  @Order(3)
  void rowsMoveWhileTheyAreWrittenAndNoneIsLostOrThereTwice() {
    var writer = new ShardWriter(POSTGRES);
    approve();
    POLICIES.awaitTrue("by-user", "Balanced", LIMIT);
    end(writer);
    assertThat(shares()).hasSize(4).allMatch(share -> share > 10 && share < 45);
  }

  @Test
  @Order(4)
  void oneShardMoreTakesItsShareAndTheOthersGiveEachOtherNothing() {
    var before = Stream.of(0, 1, 2, 3).map(n -> ids(database(n))).toList();
    var writer = new ShardWriter(POSTGRES);
    POLICIES.patch("by-user", "{\"hash\":{\"count\":5}}");
    POLICIES.awaitTrue("by-user", "PlanPending", LIMIT);
    approve();
    POLICIES.awaitTrue("by-user", "Balanced", LIMIT);
    end(writer);
    var moved =
        ids(database(4)).stream().filter(id -> before.stream().anyMatch(b -> b.contains(id)));
    assertThat(moved.count()).isLessThan((long) (before.stream().mapToInt(List::size).sum() * 0.3));
    for (var shard = 0; shard < 4; shard++) {
      var others = new ArrayList<>(before);
      others.remove(shard);
      assertThat(ids(database(shard)))
          .noneMatch(id -> others.stream().anyMatch(o -> o.contains(id)));
    }
  }

  @Test
  @Order(5)
  void fewerShardsHaveAllRowsAsWell() {
    var writer = new ShardWriter(POSTGRES);
    POLICIES.patch("by-user", "{\"approval\":\"Automatic\",\"hash\":{\"count\":2}}");
    POLICIES.awaitTrue("by-user", "Balanced", LIMIT);
    end(writer);
    assertThat(count(database(2)) + count(database(3)) + count(database(4))).isZero();
    assertThat(POLICIES.read("by-user").shards())
        .extracting(ShardStatus::ready)
        .containsExactly(true, true);
  }

  @Test
  @Order(6)
  void aPolicyThatGoesLeavesTheRowsAndWhatKeepsThemApart() {
    POLICIES.delete("by-user");
    assertThat(count(database(0)) + count(database(1))).isEqualTo(ALL.size());
    var stranger =
        sql(
            database(0),
            "SELECT id FROM users WHERE sharding.route('by-user', id::text) = 1 LIMIT 1");
    assertThat(
            sql(
                database(0),
                "INSERT INTO message_history (user_id, content) VALUES ('%s', 'x')"
                    .formatted(stranger)))
        .contains("this key is on shard 1 of ShardPolicy by-user");
    assertThat(CLIENT.configMaps().inNamespace(NAMESPACE).withName("by-user-routing").get())
        .isNotNull();
  }

  private static void end(ShardWriter writer) {
    ALL.addAll(writer.end());
    var there = new ArrayList<String>();
    for (var shard = 0; shard < 5; shard++) {
      there.addAll(
          sql(
                      "botserver",
                      "SELECT count(*) FROM pg_database WHERE datname = '%s'"
                          .formatted(database(shard)))
                  .equals("1")
              ? ids(database(shard))
              : List.of());
    }
    assertThat(there).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ALL);
    assertThat(writer.longest()).isLessThan(3000);
  }

  private static void approve() {
    var plan = Objects.requireNonNull(POLICIES.read("by-user").plan(), "plan");
    POLICIES.annotate("by-user", "generalbots.io/approve", plan.hash());
  }

  private static List<Integer> shares() {
    return POLICIES.read("by-user").shards().stream().map(ShardStatus::share).toList();
  }

  private static String spread(String approval, int count, String tables) {
    return "strategy: Hash, approval: %s, maxConcurrentMoves: 10, shards: {dedicated: false}, hash: {count: %d, tables: [%s]}"
        .formatted(approval, count, tables);
  }

  private static String database(int shard) {
    return shard == 0 ? "botserver" : "shard_by_user_" + shard;
  }

  private static List<String> ids(String database) {
    return sql(database, "SELECT id FROM message_history").lines().toList();
  }

  private static int count(String database) {
    return Integer.parseInt(sql(database, "SELECT count(*) FROM message_history"));
  }

  private static String sql(String database, String statement) {
    return POSTGRES
        .exec(
            POSTGRES.primary(), "psql", "-U", "postgres", "-d", database, "-XqAt", "-c", statement)
        .strip();
  }
}
