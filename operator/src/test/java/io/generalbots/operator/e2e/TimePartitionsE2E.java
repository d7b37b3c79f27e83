package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.api.v1alpha1.shard.PartitionState;
import io.generalbots.operator.kube.Resources;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Tables of the bot servers in partitions by time, in a real PostgreSQL; each test builds on it.
 */
@Tag("REQ-SHARD-TIME")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class TimePartitionsE2E {

  private static final String NAMESPACE = "e2e-shard-time";
  private static final Duration LIMIT = ofMinutes(2);
  private static final int ROWS = 50_000;

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final PostgresCluster POSTGRES = new PostgresCluster(CLIENT, NAMESPACE);
  private static final SeaweedCluster DRIVE = new SeaweedCluster(CLIENT, NAMESPACE);
  private static final Policies POLICIES = new Policies(CLIENT, NAMESPACE, "demo");

  /** As the bot servers' migrations make them, as far as that matters here. */
  private static final String TABLES =
      """
      SET ROLE botserver;
      CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid());
      INSERT INTO users SELECT FROM generate_series(1, 10);
      CREATE TABLE message_history (id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE, content text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now());
      CREATE INDEX idx_message_history_user ON message_history (user_id);
      COMMENT ON TABLE message_history IS 'what was said';
      INSERT INTO message_history (user_id, content, created_at)
        SELECT (SELECT id FROM users LIMIT 1), 'row ' || n, now() - n * interval '10 minutes'
        FROM generate_series(1, %d) n;
      CREATE TABLE user_memories (id uuid PRIMARY KEY, user_id uuid, key text,
        created_at timestamptz NOT NULL, UNIQUE (user_id, key));
      RESET ROLE;
      CREATE ROLE reader; GRANT SELECT ON message_history TO reader
      """;

  private static final String OLD = "component_logs_2024_01";

  /** Somebody partitioned it before, and some of it is old. */
  private static final String LOGS =
      """
      SET ROLE botserver;
      CREATE TABLE component_logs (n int, text text, created_at timestamptz NOT NULL,
        PRIMARY KEY (n, created_at)) PARTITION BY RANGE (created_at);
      CREATE TABLE component_logs_2024_01 PARTITION OF component_logs
        FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2024-02-01 00:00+00');
      CREATE TABLE component_logs_2024_02 PARTITION OF component_logs
        FOR VALUES FROM ('2024-02-01 00:00+00') TO ('2024-03-01 00:00+00');
      CREATE TABLE component_logs_recent PARTITION OF component_logs
        FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2026-02-01 00:00+00');
      INSERT INTO component_logs SELECT n, 'line ' || n, '2024-01-02 00:00+00'::timestamptz + n * interval '1 minute'
        FROM generate_series(1, 1000) n;
      INSERT INTO component_logs VALUES (1, 'february', '2024-02-02'), (1, 'january', '2026-01-02');
      CREATE TABLE component_logs_kept (LIKE component_logs INCLUDING ALL) PARTITION BY RANGE (created_at)
      """;

  @BeforeAll
  static void oneServerWithTables() {
    POSTGRES.prepareNamespace();
    DRIVE.create(Small.SEAWEEDFS);
    POSTGRES.awaitReady(1, ofMinutes(4));
    sql(TABLES.formatted(ROWS));
  }

  @AfterAll
  static void remove() {
    POSTGRES.close();
  }

  @Test
  @Order(1)
  void aTableIsPartitionedWhileItIsWrittenAndNoRowIsRefusedOrLost() {
    var writer = new TableWriter(POSTGRES);
    POLICIES.create("by-month", time("Monthly", 3, "message_history"));
    POLICIES.awaitTrue("by-month", "Ready", LIMIT);
    var taken = writer.end();
    assertThat(taken).isGreaterThan(20);
    assertThat(sql("SELECT count(*) FROM message_history")).isEqualTo(String.valueOf(ROWS + taken));
  }

  @Test
  @Order(2)
  void thereIsAPartitionForNowAndForEachMonthAhead() {
    var now = YearMonth.now(ZoneOffset.UTC);
    assertThat(POLICIES.partitions("by-month"))
        .contains(partition(now.plusMonths(2)), partition(now.plusMonths(3)))
        .hasSizeBetween(3, 5);
    sql(
        "SET ROLE botserver; INSERT INTO message_history (user_id, content, created_at)"
            + " SELECT id, 'later', now() + interval '70 days' FROM users LIMIT 1");
    assertThat(sql("SELECT count(*) FROM message_history_default")).isEqualTo("0");
  }

  @Test
  @Order(3)
  void whatTheTableHadItHasStill() {
    assertThat(sql("SELECT has_table_privilege('reader', 'message_history', 'SELECT')"))
        .isEqualTo("t");
    assertThat(sql("SELECT obj_description('message_history'::regclass)"))
        .isEqualTo("what was said");
    assertThat(
            sql("SELECT tableowner FROM pg_tables WHERE tablename ~ '^message_history' GROUP BY 1"))
        .isEqualTo("botserver");
    sql(
        "SET ROLE botserver; DELETE FROM users WHERE id = (SELECT user_id FROM message_history"
            + " WHERE content = 'later')");
    assertThat(sql("SELECT count(*) FROM message_history WHERE content = 'later'")).isEqualTo("0");
  }

  @Test
  @Order(4)
  void rowsOfAWrongClockAreToldOfAndMakeNoPartition() {
    var before = POLICIES.partitions("by-month");
    sql(
        "SET ROLE botserver; INSERT INTO message_history (user_id, content, created_at)"
            + " SELECT id, 'stray', '2999-01-01' FROM users LIMIT 1");
    var told = POLICIES.awaitTrue("by-month", "RowsInDefault", LIMIT);
    assertThat(told.getMessage()).contains("message_history_default", "2999-01-01");
    assertThat(POLICIES.partitions("by-month")).isEqualTo(before);
    sql("SET ROLE botserver; DELETE FROM message_history WHERE content = 'stray'");
    POLICIES.await("by-month", "RowsInDefault", c -> "False".equals(c.getStatus()), LIMIT);
  }

  @Test
  @Order(5)
  void aPartitionThatIsMissingTakesTheRowsThatWentElsewhere() {
    var ahead = partition(YearMonth.now(ZoneOffset.UTC).plusMonths(3));
    sql(
        "SET ROLE botserver; DROP TABLE %s; INSERT INTO message_history (user_id, content, created_at)"
                .formatted(ahead)
            + " SELECT id, 'early', date_trunc('month', now()) + interval '3 months 1 day' FROM users LIMIT 1");
    awaitRows(ahead, "1");
    assertThat(sql("SELECT count(*) FROM message_history_default")).isEqualTo("0");
  }

  @Test
  @Order(6)
  void aTableThatCannotBePartitionedIsRefusedWithTheReasonAndKeepsNoOtherFromIt() {
    sql(
        "SET ROLE botserver; CREATE TABLE llm_metrics (id uuid PRIMARY KEY, at timestamptz NOT NULL)");
    POLICIES.create(
        "refused",
        "strategy: Time, time: {interval: Weekly, createAhead: 1, tables: [{name: user_memories,"
            + " column: created_at}, {name: llm_metrics, column: at}]}");
    var stalled = POLICIES.awaitTrue("refused", "Stalled", LIMIT);
    assertThat(stalled.getReason()).isEqualTo("TableRefused");
    assertThat(stalled.getMessage())
        .contains("table user_memories", "user_memories_user_id_key_key keeps rows unique");
    awaitRows("llm_metrics_default", "0");
    POLICIES.delete("refused");
  }

  @Test
  @Order(7)
  void ofTwoPoliciesOverOneTableTheFirstHasIt() {
    POLICIES.create("second", time("Daily", 2, "message_history"));
    var stalled = POLICIES.awaitTrue("second", "Stalled", LIMIT);
    assertThat(stalled.getReason()).isEqualTo("TableTaken");
    assertThat(stalled.getMessage()).contains("ShardPolicy by-month");
    POLICIES.awaitTrue("by-month", "Ready", LIMIT);
  }

  @Test
  @Order(8)
  void deletingAPolicyLeavesEveryRowAndLetsAnotherGoOn() {
    var rows = sql("SELECT count(*) FROM message_history");
    POLICIES.delete("by-month");
    POLICIES.awaitTrue("second", "Ready", LIMIT);
    assertThat(sql("SELECT count(*) FROM message_history")).isEqualTo(rows);
  }

  @Test
  @Order(9)
  void whatCannotBeIsSaidWithTheReason() {
    POLICIES.create("by-tenant", "strategy: Tenant, tenant: {}, shards: {dedicated: false}");
    var stalled = POLICIES.awaitTrue("by-tenant", "Stalled", LIMIT);
    assertThat(stalled.getReason()).isEqualTo("ShardsNotDedicated");
  }

  @Test
  @Order(10)
  void monthsThatAreOverAreInTheArchiveAndGone() {
    sql(LOGS);
    DRIVE.awaitReady(LIMIT);
    POLICIES.create("logs", time("Monthly", 1, "component_logs"));
    POLICIES.awaitState("logs", OLD, PartitionState.ARCHIVED, LIMIT);
    POLICIES.awaitState("logs", "component_logs_2024_02", PartitionState.ARCHIVED, LIMIT);
    assertThat(sql("SELECT to_regclass('component_logs_2024_01') IS NULL")).isEqualTo("t");
    assertThat(sql("SELECT count(*) FROM component_logs")).isEqualTo("1");
  }

  @Test
  @Order(11)
  void aMonthThatIsAskedForIsBackToBeReadAndNotWritten() {
    POLICIES.annotate("logs", "generalbots.io/restore", OLD);
    POLICIES.awaitState("logs", OLD, PartitionState.RESTORED, LIMIT);
    assertThat(sql("SELECT count(*), sum(n) FROM component_logs WHERE created_at < '2024-02-01'"))
        .isEqualTo("1000|500500");
    var refused =
        POSTGRES.sql(
            POSTGRES.primary(), "INSERT INTO component_logs VALUES (0, 'late', '2024-01-05')");
    assertThat(refused).contains("cannot be written");
  }

  @Test
  @Order(12)
  void itGoesIntoTheArchiveAgainWhenNobodyAsksForItAnyMore() {
    POLICIES.annotate("logs", "generalbots.io/restore", "");
    POLICIES.awaitState("logs", OLD, PartitionState.ARCHIVED, LIMIT);
    assertThat(sql("SELECT count(*) FROM component_logs")).isEqualTo("1");
  }

  @Test
  @Order(13)
  void whatNobodyArchivedIsToldOf() {
    POLICIES.annotate("logs", "generalbots.io/restore", "component_logs_1999_01");
    var told =
        POLICIES.await("logs", "ArchiveFailed", c -> "NotArchived".equals(c.getReason()), LIMIT);
    assertThat(told.getMessage()).contains("component_logs_1999_01");
    POLICIES.annotate("logs", "generalbots.io/restore", "");
  }

  @Test
  @Order(14)
  void aPartitionThatChangedSinceItWasArchivedStays() {
    sql(
        "SET ROLE botserver; CREATE TABLE component_logs_2024_03 PARTITION OF component_logs_kept"
            + " FOR VALUES FROM ('2024-03-01') TO ('2024-04-01');"
            + " INSERT INTO component_logs_kept VALUES (1, 'one', '2024-03-05')");
    var refused =
        POSTGRES.sql(
            POSTGRES.primary(),
            "SET search_path = pg_catalog; BEGIN; SELECT set_config('generalbots.table',"
                + " 'component_logs_kept', true), set_config('generalbots.partition',"
                + " 'component_logs_2024_03', true), set_config('generalbots.sum', '1 7', true);"
                + Resources.text("partition/remove.sql")
                + "; COMMIT");
    assertThat(refused).contains("has changed since it was archived");
    assertThat(sql("SELECT count(*) FROM component_logs_2024_03")).isEqualTo("1");
  }

  private static String time(String interval, int ahead, String table) {
    return "strategy: Time, time: {interval: %s, createAhead: %d, tables: [{name: %s, column: created_at}]}"
        .formatted(interval, ahead, table);
  }

  private static String partition(YearMonth month) {
    return "message_history_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
  }

  /** Waits until a table is there and has so many rows. */
  private static void awaitRows(String table, String rows) {
    var script =
        "until [ \"$(psql -U postgres -d botserver -Atqc 'SELECT count(*) FROM %s' 2>&1)\" = %s ];"
                .formatted(table, rows)
            + " do sleep 0.5; done";
    POSTGRES.exec(
        POSTGRES.primary(),
        "timeout",
        String.valueOf(ofSeconds(55).toSeconds()),
        "bash",
        "-c",
        script);
    assertThat(sql("SELECT count(*) FROM " + table)).isEqualTo(rows);
  }

  private static String sql(String statements) {
    var out = POSTGRES.sql(POSTGRES.primary(), statements);
    assertThat(out).as(statements).doesNotContain("ERROR:");
    return out;
  }
}
