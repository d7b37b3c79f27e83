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
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tenants in one PostgreSQL: each in its own database, and nowhere else. */
@Timeout(300)
class TenantDatabaseE2E {

  private static final String NAMESPACE = "e2e-tenant-database";
  private static final String POOLER = "demo-pooler";
  private static final String SERVER = "demo-postgres-rw";
  private static final String REFUSED = TenantSessions.REFUSED;
  private static final int CONNECTIONS = 8;

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final PostgresCluster POSTGRES = new PostgresCluster(CLIENT, NAMESPACE);
  private static final TenantDatabases DATABASES =
      new TenantDatabases(CLIENT, Vertx.vertx(), NAMESPACE, "demo");
  private static final TenantSessions SESSIONS = new TenantSessions(POSTGRES, "demo");

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
  void aTenantComesInEitherWayAndWhatItMakesBelongsToTheOwner() {
    open("either", "ta_either");
    open("either", "ta_either", "tb_either");
    for (var host : List.of(POOLER, SERVER)) {
      assertThat(ask(host, "ta_either", "SELECT current_user")).isEqualTo("t_either");
    }
    ask(POOLER, "ta_either", "CREATE TABLE public.things (n int)");
    ask(SERVER, "tb_either", "INSERT INTO public.things VALUES (1); DROP TABLE public.things");
    ask(POOLER, "tb_either", "CREATE TABLE public.things (n int)");
    assertThat(
            ask(SERVER, "ta_either", "SELECT tableowner FROM pg_tables WHERE tablename = 'things'"))
        .isEqualTo("t_either");
    assertThat(ask(SERVER, "ta_either", "SELECT extname FROM pg_extension ORDER BY 1"))
        .contains("vector");
  }

  @Test
  void aFormerLoginIsRefusedAndItsSessionsEnd() {
    open("rotated", "ta_rotated");
    var session = begin(POOLER, "ta_rotated");
    open("rotated", "ta_rotated", "tb_rotated");
    assertThat(ask(POOLER, "ta_rotated", "SELECT 'in'")).isEqualTo("in");
    assertThat(ask(POOLER, "tb_rotated", "SELECT 'in'")).isEqualTo("in");
    open("rotated", "tb_rotated");
    assertThat(end(session))
        .contains("ended")
        .containsAnyOf("terminating connection", "server conn crashed");
    assertThat(ask(POOLER, "tb_rotated", "SELECT 'in'")).isEqualTo("in");
    for (var host : List.of(POOLER, SERVER)) {
      assertThat(ask(host, "ta_rotated", "SELECT 'in'")).contains(REFUSED);
    }
  }

  @Test
  void nobodyGetsIntoASuspendedDatabaseAndAllIsThereAfterwards() {
    open("paused", "ta_paused");
    ask(SERVER, "ta_paused", "CREATE TABLE public.kept AS SELECT 42 AS n");
    assertThat(ask(POOLER, "ta_paused", "SELECT n FROM public.kept")).isEqualTo("42");
    DATABASES.open(POSTGRES.primary(), step("paused", true, "uid-1", false, "ta_paused"));
    for (var host : List.of(POOLER, SERVER)) {
      assertThat(ask(host, "ta_paused", "SELECT n FROM public.kept")).contains(REFUSED);
    }
    open("paused", "ta_paused");
    assertThat(ask(POOLER, "ta_paused", "SELECT n FROM public.kept")).isEqualTo("42");
  }

  @Test
  void whoHasTooMuchReadsAndRemovesAndWhoGoesOnIsShutOut() {
    open("large", "ta_large");
    ask(SERVER, "ta_large", "CREATE TABLE public.rows AS SELECT 42 AS n");
    var session = begin(POOLER, "ta_large");
    hold("large", Restraint.READ_ONLY);
    assertThat(end(session)).contains("ended");
    for (var host : List.of(POOLER, SERVER)) {
      assertThat(ask(host, "ta_large", "INSERT INTO public.rows VALUES (1)")).contains("read-only");
      assertThat(ask(host, "ta_large", "CREATE TABLE public.more (n int)")).contains("read-only");
      assertThat(ask(host, "ta_large", "SELECT n FROM public.rows")).isEqualTo("42");
    }
    assertThat(ask(POOLER, "ta_large", "VACUUM FULL public.rows")).doesNotContain("ERROR");
    ask(POOLER, "ta_large", "BEGIN READ WRITE; DELETE FROM public.rows; COMMIT");
    assertThat(ask(SERVER, "ta_large", "SELECT count(*) FROM public.rows")).isEqualTo("0");
    hold("large", Restraint.CLOSED);
    for (var host : List.of(POOLER, SERVER)) {
      assertThat(ask(host, "ta_large", "SELECT 1")).contains(REFUSED);
    }
    hold("large", Restraint.NONE);
    assertThat(ask(POOLER, "ta_large", "INSERT INTO public.rows VALUES (1) RETURNING n"))
        .isEqualTo("1");
  }

  @Test
  void everyDatabaseIsMeasuredWhateverItsOwnerTakesFromItself() {
    open("measured", "ta_measured");
    open("evasive", "ta_evasive");
    var before = DATABASES.sizes(POSTGRES.primary());
    assertThat(before).containsKeys("t_measured", "t_evasive").doesNotContainKey("botserver");
    ask(
        SERVER,
        "ta_evasive",
        "REVOKE CONNECT ON DATABASE t_evasive FROM t_evasive;"
            + " CREATE TABLE public.l AS SELECT repeat('x', 900) FROM generate_series(1, 20000)");
    var after = DATABASES.sizes(POSTGRES.primary());
    assertThat(grown(before, after, "t_evasive")).isGreaterThan(15_000_000);
    assertThat(grown(before, after, "t_measured")).isLessThan(5_000_000);
    assertThat(ask(POOLER, "ta_evasive", "SELECT 'in'")).isEqualTo("in");
  }

  private static long grown(Map<String, Long> before, Map<String, Long> after, String database) {
    return after.getOrDefault(database, 0L) - before.getOrDefault(database, 0L);
  }

  @Test
  void whatIsKeptIsGivenToWhoAsksForItOnlyAndWhatIsRemovedIsGone() {
    open("kept", "ta_kept");
    ask(SERVER, "ta_kept", "CREATE TABLE public.kept AS SELECT 42 AS n");
    close("kept", "uid-1", true);
    assertThat(ask(SERVER, "ta_kept", "SELECT 1")).contains(REFUSED);
    var next = step("kept", false, "uid-2", false, "ta_kept");
    assertThatThrownBy(() -> DATABASES.open(POSTGRES.primary(), next)).isInstanceOf(NotOurs.class);
    DATABASES.open(POSTGRES.primary(), step("kept", false, "uid-2", true, "ta_kept"));
    assertThat(ask(POOLER, "ta_kept", "SELECT n FROM public.kept")).isEqualTo("42");
    // A template cannot be dropped, and its owner can make it one.
    ask(SERVER, "ta_kept", "ALTER DATABASE t_kept IS_TEMPLATE true");
    close("kept", "uid-1", false);
    assertThat(ask(POOLER, "ta_kept", "SELECT n FROM public.kept")).isEqualTo("42");
    close("kept", "uid-2", false);
    close("kept", "uid-2", false);
    assertThat(
            POSTGRES.sql(
                POSTGRES.primary(), "SELECT rolname FROM pg_roles WHERE rolname LIKE 't%kept'"))
        .isEmpty();
  }

  /** PostgreSQL drops no role that holds rights, and only their giver can take them back. */
  @Test
  void whoWasGivenRightsByAnotherIsGoneAllTheSame() {
    open("giver", "ta_giver");
    open("given", "ta_given");
    ask(
        SERVER,
        "ta_giver",
        "GRANT CONNECT ON DATABASE t_giver TO t_given; CREATE TABLE public.gift (n int);"
            + " GRANT SELECT ON public.gift TO t_given, ta_given; SELECT 1");
    close("given", "uid-1", false);
    assertThat(roles("t%\\_given")).isEmpty();
    assertThat(roles("gone%")).isEqualTo("gone_t_uid-1\ngone_ta_uid-1");
    assertThat(sql("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'gone%' AND rolcanlogin"))
        .isEqualTo("0");
    DATABASES.open(POSTGRES.primary(), step("given", false, "uid-2", false, "ta_given"));
    assertThat(sql("SELECT has_database_privilege('t_given', 't_giver', 'CONNECT')"))
        .isEqualTo("f");
    close("giver", "uid-1", false);
    assertThat(roles("gone%")).isEmpty();
    close("given", "uid-2", false);
  }

  private static String roles(String pattern) {
    return sql(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE '%s' ORDER BY 1".formatted(pattern));
  }

  private static String sql(String statement) {
    return POSTGRES.sql(POSTGRES.primary(), statement);
  }

  @Test
  void whatSomebodyMadeByHandIsLeftAlone() {
    POSTGRES.sql(POSTGRES.primary(), "CREATE ROLE t_hand");
    POSTGRES.sql(POSTGRES.primary(), "CREATE DATABASE t_hand OWNER t_hand");
    assertThatThrownBy(() -> open("hand", "ta_hand"))
        .isInstanceOf(NotOurs.class)
        .hasMessage("role t_hand");
  }

  @Test
  void nothingHostileSucceeds() throws IOException {
    open("acme", "ta_acme");
    open("beta", "ta_beta");
    ask(SERVER, "ta_beta", "SELECT lo_create(424242)");
    var session = begin(SERVER, "ta_beta");
    var tried =
        SESSIONS.tried("PostgreSQL", Attempt.all("postgres.txt"), tenant -> "t_" + tenant).told();
    assertThat(tried.through()).isEmpty();
    assertThat(tried.refused()).isEmpty();
    assertThat(tried.tries()).isGreaterThan(90);
    assertThat(session).isNotEmpty();
    assertThat(ask(SERVER, "ta_beta", "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
        .isEqualTo("1");
  }

  @Test
  void thePoolerOpensNoOtherDatabaseAndNoLoginThatMakesThem() {
    open("narrow", "ta_narrow");
    for (var database : List.of("botserver", "postgres", "template1", "t_acme")) {
      assertThat(ask(POOLER, "ta_narrow", database, "SELECT 'in'")).contains(REFUSED);
    }
    assertThat(ask(POOLER, "provisioner", "postgres", "SELECT 'in'")).contains(REFUSED);
  }

  /** The session before may be about to end: it is tried again, as the operator would. */
  private static void open(String tenant, String... logins) {
    var step = step(tenant, false, "uid-1", false, logins);
    TenantDatabases.finish(() -> DATABASES.open(POSTGRES.primary(), step), ofMinutes(1));
  }

  private static void close(String tenant, String holder, boolean keep) {
    DATABASES.close(POSTGRES.primary(), new CloseDatabase("demo", NAMESPACE, tenant, holder, keep));
  }

  private static void hold(String tenant, Restraint restraint) {
    var free = step(tenant, false, "uid-1", false, "ta_" + tenant);
    DATABASES.open(
        POSTGRES.primary(),
        new OpenDatabase(
            free.cluster(),
            free.namespace(),
            Room.DATABASE,
            tenant,
            free.holder(),
            free.logins(),
            CONNECTIONS,
            false,
            false,
            restraint,
            true));
  }

  private static OpenDatabase step(
      String tenant, boolean suspended, String holder, boolean adopt, String... logins) {
    var credentials =
        List.of(logins).stream().map(l -> new Credential(l, SESSIONS.password(l))).toList();
    return new OpenDatabase(
        "demo",
        NAMESPACE,
        Room.DATABASE,
        tenant,
        holder,
        credentials,
        CONNECTIONS,
        suspended,
        adopt,
        Restraint.NONE,
        false);
  }

  private static String ask(String host, String login, String statements) {
    return ask(host, login, "t_" + login.substring(login.indexOf('_') + 1), statements);
  }

  private static String ask(String host, String login, String database, String statements) {
    return SESSIONS.ask(host, login, database, statements);
  }

  private static String begin(String host, String login) {
    return SESSIONS.begin(host, login, "t" + login.substring(2));
  }

  private static String end(String file) {
    return SESSIONS.end(file);
  }
}
