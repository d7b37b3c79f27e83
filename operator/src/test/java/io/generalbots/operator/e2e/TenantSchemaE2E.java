package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.operator.external.tenant.CloseDatabase;
import io.generalbots.operator.external.tenant.Credential;
import io.generalbots.operator.external.tenant.OpenDatabase;
import io.generalbots.operator.external.tenant.Room;
import io.generalbots.operator.external.tenant.TenantDatabases;
import io.generalbots.operator.kernel.NotOurs;
import io.generalbots.operator.residents.Restraint;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tenants in one database: each in a schema of its own, and nowhere else. */
@Timeout(300)
class TenantSchemaE2E {

  private static final String NAMESPACE = "e2e-tenant-schema";
  private static final String SHARED = "shared_tenants";
  private static final String REFUSED = TenantSessions.REFUSED;
  private static final int CONNECTIONS = 8;
  private static final long MUCH = 15_000_000;

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final PostgresCluster POSTGRES = new PostgresCluster(CLIENT, NAMESPACE);
  private static final TenantSessions SESSIONS = new TenantSessions(POSTGRES, "demo");
  private static final String POOLER = SESSIONS.pooler();
  private static final String SERVER = SESSIONS.server();
  private static final List<String> HOSTS = List.of(POOLER, SERVER);
  private static final TenantDatabases DATABASES =
      new TenantDatabases(CLIENT, Vertx.vertx(), NAMESPACE, "demo");

  /** What each of two tenants has for the other to long for, some of it given to everybody. */
  private static final String TREASURE =
      """
      CREATE TABLE treasure AS SELECT 'gold'::text AS what;
      CREATE TABLE given (w text PRIMARY KEY);
      GRANT ALL ON given TO PUBLIC;
      INSERT INTO treasure VALUES ('silver');
      CREATE SEQUENCE numbers;
      GRANT ALL ON SEQUENCE numbers TO PUBLIC;
      CREATE TYPE mood AS ENUM ('good');
      CREATE FUNCTION secret() RETURNS text LANGUAGE sql AS 'SELECT ''s''';
      CREATE FUNCTION fires() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
      """;

  @BeforeAll
  static void oneServerAndItsPooler() {
    POSTGRES.prepareNamespace();
    POSTGRES.create("{instances: 1, storage: {size: 1Gi}, pooler: {instances: 1}}");
    POSTGRES.awaitReady(1, ofMinutes(4));
    SESSIONS.start();
  }

  @AfterAll
  static void remove() {
    SESSIONS.close();
    POSTGRES.close();
  }

  @Test
  void eitherWayWhatATenantMakesIsInItsSchemaAndBelongsToTheOwner() {
    open("ei-ther", "ta_ei-ther");
    open("ei-ther", "ta_ei-ther", "tb_ei-ther");
    for (var host : HOSTS) {
      assertThat(ask(host, "ta_ei-ther", "SELECT current_user, current_schema"))
          .isEqualTo("t_ei-ther|t_ei-ther");
    }
    ask(POOLER, "ta_ei-ther", "CREATE TABLE things (v vector(2))");
    ask(SERVER, "tb_ei-ther", "INSERT INTO things VALUES ('[1,2]'); DROP TABLE things");
    ask(SERVER, "tb_ei-ther", "CREATE TABLE things (v vector(2))");
    assertThat(
            ask(
                POOLER,
                "ta_ei-ther",
                "SELECT schemaname, tableowner FROM pg_tables WHERE tablename = 'things'"))
        .isEqualTo("t_ei-ther|t_ei-ther");
    assertThat(ask(SERVER, "ta_ei-ther", "CREATE TEMP TABLE things (n int)")).isEmpty();
  }

  @Test
  void aFormerLoginIsRefusedAndItsSessionsEnd() {
    open("rotated", "ta_rotated");
    var session = SESSIONS.begin(POOLER, "ta_rotated", SHARED);
    open("rotated", "ta_rotated", "tb_rotated");
    assertThat(ask(POOLER, "ta_rotated", "SELECT 'in'")).isEqualTo("in");
    open("rotated", "tb_rotated");
    assertThat(SESSIONS.end(session)).contains("ended");
    assertThat(ask(POOLER, "tb_rotated", "SELECT 'in'")).isEqualTo("in");
    for (var host : HOSTS) {
      assertThat(ask(host, "ta_rotated", "SELECT 'in'")).contains(REFUSED);
    }
  }

  @Test
  void suspendedNobodyGetsInAndWithTooMuchOneReadsAndRemoves() {
    open("paused", "ta_paused");
    ask(SERVER, "ta_paused", "CREATE TABLE kept AS SELECT 42 AS n");
    suspend("paused");
    for (var host : HOSTS) {
      assertThat(ask(host, "ta_paused", "SELECT 1")).contains(REFUSED);
    }
    open(step(Room.SCHEMA, "paused", Restraint.READ_ONLY, "ta_paused"));
    for (var host : HOSTS) {
      assertThat(ask(host, "ta_paused", "INSERT INTO kept VALUES (1)")).contains("read-only");
      assertThat(ask(host, "ta_paused", "SELECT n FROM kept")).isEqualTo("42");
    }
    ask(POOLER, "ta_paused", "BEGIN READ WRITE; DELETE FROM kept; COMMIT");
    open("paused", "ta_paused");
    assertThat(ask(POOLER, "ta_paused", "INSERT INTO kept VALUES (1) RETURNING n")).isEqualTo("1");
  }

  @Test
  void whatIsKeptIsGivenToWhoAsksForItOnlyAndADatabaseIsNotMadeOfIt() {
    open("kept", "ta_kept");
    ask(SERVER, "ta_kept", "CREATE TABLE kept AS SELECT 42 AS n");
    DATABASES.close(
        POSTGRES.primary(), new CloseDatabase("demo", NAMESPACE, "kept", "uid-1", true));
    assertThat(ask(SERVER, "ta_kept", "SELECT 1")).contains(REFUSED);
    assertThatThrownBy(() -> DATABASES.open(POSTGRES.primary(), next(false)))
        .isInstanceOf(NotOurs.class);
    open(next(true));
    assertThat(ask(POOLER, "ta_kept", "SELECT n FROM kept")).isEqualTo("42");
    var database = step(Room.DATABASE, "kept", Restraint.NONE, "ta_kept");
    assertThatThrownBy(() -> DATABASES.open(POSTGRES.primary(), database))
        .isInstanceOf(NotOurs.class)
        .hasMessage("role t_kept");
  }

  /** Others gave it rights, so that its roles could not go; and it has more than one can lock. */
  @Test
  void whatIsRemovedIsGoneWhateverOthersAndTheTenantDidAboutIt() {
    open("giver", "ta_giver");
    open("gone", "ta_gone");
    open(step(Room.DATABASE, "host", Restraint.NONE, "ta_host"));
    SESSIONS.ask(SERVER, "ta_host", "t_host", "GRANT CONNECT ON DATABASE t_host TO t_gone");
    for (var gift :
        List.of(
            "CREATE TABLE gift (n int)",
            "GRANT SELECT ON gift TO t_gone, ta_gone",
            "CREATE POLICY p ON gift TO t_gone",
            "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO ta_gone")) {
      assertThat(ask(SERVER, "ta_giver", gift)).isEmpty();
    }
    ask(
        SERVER,
        "ta_gone",
        "DO $$ BEGIN FOR i IN 1..120 LOOP EXECUTE format('CREATE TABLE %I (n serial)', 'T ' || i);"
            + " END LOOP; END $$; SELECT lo_create(0)");
    var session = SESSIONS.begin(SERVER, "ta_gone", SHARED, "BEGIN; LOCK TABLE \"T 1\"; SELECT 1");
    close("gone");
    assertThat(SESSIONS.end(session)).contains("ended");
    close("gone");
    assertThat(sql("SELECT rolname FROM pg_roles WHERE rolname LIKE 't%gone'")).isEmpty();
    assertThat(ask(SERVER, "ta_giver", "SELECT nspname FROM pg_namespace"))
        .contains("t_giver")
        .doesNotContain("t_gone");
    assertThat(ask(SERVER, "ta_giver", "SELECT count(*) FROM gift")).isEqualTo("0");
    assertThat(
            sql(
                "SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid"
                    + " JOIN pg_roles k ON k.oid = m.member"
                    + " WHERE k.rolname = 'shared_tenants_keeper'"))
        .doesNotContain("t_");
  }

  @Test
  void everySchemaIsMeasuredAndALockHidesNothing() {
    open("measured", "ta_measured");
    open("evasive", "ta_evasive");
    var before = size("t_evasive");
    ask(
        SERVER,
        "ta_evasive",
        "CREATE TABLE l AS SELECT repeat('x', 900) FROM generate_series(1, 20000)");
    assertThat(size("t_evasive") - before).isGreaterThan(MUCH);
    assertThat(size("t_measured")).isLessThan(MUCH);
    SESSIONS.begin(SERVER, "ta_evasive", SHARED, "BEGIN; LOCK TABLE l; SELECT 1");
    assertThat(size("t_evasive") - before).isGreaterThan(MUCH);
    assertThat(size("t_measured")).isLessThan(MUCH);
    suspend("evasive");
  }

  @Test
  void nothingHostileSucceeds() throws IOException {
    open("acme", "ta_acme");
    open("beta", "ta_beta");
    open(step(Room.DATABASE, "gamma", Restraint.NONE, "ta_gamma"));
    for (var login : List.of("ta_acme", "ta_beta")) {
      assertThat(ask(SERVER, login, TREASURE)).isEmpty();
      ask(SERVER, login, "ANALYZE treasure");
    }
    ask(SERVER, "ta_beta", "SELECT lo_create(424242)");
    SESSIONS.begin(SERVER, "ta_beta", SHARED, "CREATE TEMP TABLE passing (n int); SELECT 1");
    var tried =
        SESSIONS
            .tried(
                "schemas",
                Attempt.all("schema.txt"),
                tenant -> "gamma".equals(tenant) ? "t_gamma" : SHARED)
            .told();
    assertThat(tried.through()).isEmpty();
    assertThat(tried.refused()).isEmpty();
    assertThat(tried.tries()).isGreaterThan(70);
  }

  @Test
  void whoKeepsTheSchemasGetsIntoNoOtherDatabase() {
    open("any", "ta_any");
    assertThat(DATABASES.keeperEnters(POSTGRES.primary(), SHARED)).isTrue();
    for (var database : List.of("postgres", "template1", "botserver")) {
      assertThat(DATABASES.keeperEnters(POSTGRES.primary(), database)).as(database).isFalse();
    }
  }

  private static String ask(String host, String login, String statements) {
    return SESSIONS.ask(host, login, SHARED, statements);
  }

  private static String sql(String statement) {
    return POSTGRES.sql(POSTGRES.primary(), statement);
  }

  private static long size(String schema) {
    return DATABASES.sizes(POSTGRES.primary()).getOrDefault(schema, -1L);
  }

  private static void open(String tenant, String... logins) {
    open(step(Room.SCHEMA, tenant, Restraint.NONE, logins));
  }

  private static void open(OpenDatabase step) {
    finish(() -> DATABASES.open(POSTGRES.primary(), step));
  }

  private static void close(String tenant) {
    var step = new CloseDatabase("demo", NAMESPACE, tenant, "uid-1", false);
    finish(() -> DATABASES.close(POSTGRES.primary(), step));
  }

  private static void suspend(String tenant) {
    var open = step(Room.SCHEMA, tenant, Restraint.NONE, "ta_" + tenant);
    open(
        new OpenDatabase(
            open.cluster(),
            NAMESPACE,
            open.room(),
            tenant,
            open.holder(),
            open.logins(),
            CONNECTIONS,
            true,
            false,
            Restraint.NONE,
            false));
  }

  /**
   * Sessions may be about to end, a schema half empty, or a busy server late with its answer: it
   * goes on, as the operator would.
   */
  private static void finish(Runnable work) {
    TenantDatabases.finish(work, ofMinutes(1));
  }

  /** What another Tenant of the name of one that is gone asks for. */
  private static OpenDatabase next(boolean adopt) {
    var former = step(Room.SCHEMA, "kept", Restraint.NONE, "ta_kept");
    return new OpenDatabase(
        former.cluster(),
        NAMESPACE,
        former.room(),
        former.tenant(),
        "uid-2",
        former.logins(),
        CONNECTIONS,
        false,
        adopt,
        Restraint.NONE,
        false);
  }

  private static OpenDatabase step(
      Room room, String tenant, Restraint restraint, String... logins) {
    var credentials =
        Stream.of(logins).map(login -> new Credential(login, SESSIONS.password(login))).toList();
    return new OpenDatabase(
        "demo",
        NAMESPACE,
        room,
        tenant,
        "uid-1",
        credentials,
        CONNECTIONS,
        false,
        false,
        restraint,
        restraint != Restraint.NONE);
  }
}
