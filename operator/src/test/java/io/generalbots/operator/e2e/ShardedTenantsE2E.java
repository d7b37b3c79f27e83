package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.shard.ShardStatus;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Databases of Tenants on servers that are shards, and on their way from one to the other while
 * they are written to; each test builds on the one before it.
 */
@Tag("REQ-SHARD-T")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(500)
class ShardedTenantsE2E {

  private static final String NAMESPACE = "e2e-shard-tenants";
  private static final Duration LIMIT = ofMinutes(4);
  private static final String SHARD = "by-tenant-1";
  private static final String SERVER = SHARD + "-postgres-0";

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final PostgresCluster POSTGRES = new PostgresCluster(CLIENT, NAMESPACE);
  private static final Policies POLICIES = new Policies(CLIENT, NAMESPACE, "demo");

  private static final String TENANT =
      """
      apiVersion: generalbots.io/v1alpha1
      kind: Tenant
      metadata: {name: %s, namespace: %s}
      spec: {clusterRef: {name: demo}, reclaimPolicy: Delete}
      """;

  /** What no copying of rows alone would bring along. */
  private static final String THINGS =
      """
      SET ROLE t_acme;
      CREATE TYPE mood AS ENUM ('fine', 'tired');
      CREATE TABLE people (id serial PRIMARY KEY, name text UNIQUE, mood mood DEFAULT 'fine',
        boss int REFERENCES people, extra jsonb, embedding vector(3));
      CREATE TABLE log (at timestamptz DEFAULT now(), what text);
      CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO log (what) VALUES (NEW.name); RETURN NEW; END $$;
      CREATE TRIGGER noted AFTER INSERT ON people FOR EACH ROW EXECUTE FUNCTION note();
      CREATE VIEW bosses AS SELECT * FROM people WHERE boss IS NULL;
      INSERT INTO people (name, extra, embedding) SELECT 'p' || n, '{"a": 1}', '[1,2,3]'
        FROM generate_series(1, 5000) n;
      """;

  /** So that there is time to end something while they are copied. */
  private static final String MANY =
      "SET ROLE t_acme; CREATE TABLE many AS SELECT n, repeat(md5(n::text), 4) AS text FROM"
          + " generate_series(1, 400000) n; ALTER TABLE many ADD PRIMARY KEY (n)";

  private static final String SUMS =
      "SELECT (SELECT count(*) || ' ' || sum(hashtext(p::text)) FROM people p) || ' '"
          + " || (SELECT count(*) || ' ' || sum(hashtext(what)) FROM log)";

  @BeforeAll
  static void twoTenantsOnOneServer() {
    CLIENT.resources(Tenant.class).inNamespace(NAMESPACE).delete();
    POSTGRES.prepareNamespace();
    POSTGRES.create(Small.POSTGRES);
    POSTGRES.awaitReady(1, ofMinutes(4));
    create("acme");
    create("rival");
    await("acme", t -> phase(t) == TenantPhase.READY);
    await("rival", t -> phase(t) == TenantPhase.READY);
  }

  @AfterAll
  static void remove() {
    var tenants = CLIENT.resources(Tenant.class).inNamespace(NAMESPACE);
    tenants.delete();
    tenants.waitUntilCondition(Objects::isNull, 2, TimeUnit.MINUTES);
    POLICIES.deleteAll();
    POSTGRES.close();
  }

  @Test
  @Order(1)
  void whoWasThereStaysAndForOneMoreAShardIsMade() {
    POLICIES.create(
        "by-tenant",
        "strategy: Tenant, tenant: {maxTenantsPerShard: 2}, shards: {template: {instances: 1,"
            + " storage: {size: 1Gi}}}");
    POLICIES.awaitTrue("by-tenant", "Ready", LIMIT);
    create("late");
    await("late", t -> phase(t) == TenantPhase.READY);
    assertThat(shard("late")).isEqualTo(SHARD);
    assertThat(shard("acme")).isEqualTo("demo");
    assertThat(databases(SERVER)).contains("t_late");
    assertThat(databases(POSTGRES.primary()))
        .contains("t_acme", "t_rival")
        .doesNotContain("t_late");
    assertThat(
            POSTGRES.sql(POSTGRES.primary(), "SELECT sharding.tenant_shard('by-tenant', 'late')"))
        .isEqualTo(SHARD);
    POLICIES.awaitTrue("by-tenant", "Ready", LIMIT);
    assertThat(POLICIES.read("by-tenant").shards())
        .extracting(ShardStatus::name, ShardStatus::tenants)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(SHARD, 1),
            org.assertj.core.groups.Tuple.tuple("demo", 2));
  }

  /** Whoever connects knows nothing of shards. */
  @Test
  @Order(2)
  void thePoolersOfTheBotClusterLeadToTheShard() {
    var writers = Writers.start(CLIENT, NAMESPACE, "late-postgres");
    var report = writers.report();
    assertThat(report.errors()).isEmpty();
    assertThat(report.lost()).isZero();
    assertThat(POSTGRES.sql(SERVER, "t_late", "SELECT count(*) > 0 FROM load_rows")).isEqualTo("t");
  }

  @Test
  @Order(3)
  void aDatabaseMovesWhileItIsWrittenToAndNobodyElseNotices() {
    POSTGRES.sql(POSTGRES.primary(), "t_acme", THINGS);
    var before = POSTGRES.sql(POSTGRES.primary(), "t_acme", SUMS);
    var moving = Writers.start(CLIENT, NAMESPACE, "acme-postgres");
    var neighbour = Writers.start(CLIENT, NAMESPACE, "rival-postgres");
    move("acme", SHARD);
    await("acme", t -> isMigrating(t, "SoakingOld"));
    var moved = moving.report();
    var others = neighbour.report();
    assertThat(moved.errors()).isEmpty();
    assertThat(moved.lost()).isZero();
    assertThat(moved.longestGap()).isLessThan(3);
    assertThat(others.errors()).isEmpty();
    assertThat(others.lost()).isZero();
    await("acme", t -> SHARD.equals(t.getStatus().shard()));
    assertThat(POSTGRES.sql(SERVER, "t_acme", SUMS)).isEqualTo(before);
    assertThat(POSTGRES.sql(SERVER, "t_acme", "SELECT count(*) FROM load_rows"))
        .isEqualTo(String.valueOf(moved.acknowledged()));
    // The triggers are there, and fire once; sequences go on.
    POSTGRES.sql(SERVER, "t_acme", "INSERT INTO people (name) VALUES ('new')");
    assertThat(POSTGRES.sql(SERVER, "t_acme", "SELECT count(*) FROM log")).isEqualTo("5001");
    assertThat(POSTGRES.sql(SERVER, "t_acme", "SELECT id FROM people WHERE name = 'new'"))
        .isEqualTo("5001");
  }

  @Test
  @Order(4)
  void theFormerCopyIsClosedAndGoesWhenSomebodySaysSo() {
    assertThat(open(POSTGRES.primary(), "t_acme")).isEqualTo("f");
    annotate("acme", "generalbots.io/end-soak", "demo");
    await("acme", t -> isMigrating(t, "Settled"));
    assertThat(databases(POSTGRES.primary())).doesNotContain("t_acme");
    assertThat(databases(SERVER)).contains("t_acme");
    assertThat(phase(tenant("acme").require())).isEqualTo(TenantPhase.READY);
  }

  @Test
  @Order(5)
  void whoIsPinnedBackInTheMiddleStaysWhereItIs() {
    var writers = Writers.start(CLIENT, NAMESPACE, "acme-postgres");
    move("acme", "demo");
    await("acme", t -> isMigrating(t, "Pending", "Copying", "CatchingUp", "Verified"));
    move("acme", SHARD);
    await("acme", t -> isMigrating(t, "Settled", "SoakingOld"));
    var report = writers.report();
    assertThat(report.errors()).isEmpty();
    assertThat(report.lost()).isZero();
    await("acme", t -> SHARD.equals(t.getStatus().shard()) && isMigrating(t, "Settled"));
    assertThat(databases(POSTGRES.primary())).doesNotContain("t_acme");
    assertThat(
            POSTGRES.sql(
                SERVER,
                "t_acme",
                "SELECT count(*) FROM pg_namespace WHERE nspname = 'generalbots_move'"))
        .isEqualTo("0");
  }

  /**
   * The pod that carries, and the server that it comes from, end in the middle; and somebody closed
   * the source who handed nothing over: it is opened again, and not taken for what has moved.
   */
  @Test
  @Order(6)
  void aMoveGoesOnThoughWhatCarriesItAndTheServerEndInTheMiddle()
      throws InterruptedException, ExecutionException, TimeoutException {
    POSTGRES.sql(SERVER, "t_acme", MANY);
    var writers = Writers.start(CLIENT, NAMESPACE, "acme-postgres");
    move("acme", "demo");
    var carriers =
        CLIENT.pods().inNamespace(NAMESPACE).withLabel("generalbots.io/component", "move");
    carriers.informOnCondition(ShardedTenantsE2E::isCarried).get(1, TimeUnit.MINUTES);
    POSTGRES.sql(
        SERVER,
        "COMMENT ON ROLE tm_acme IS 'generalbots.io/handed-over'; ALTER DATABASE t_acme"
            + " ALLOW_CONNECTIONS false");
    carriers.withGracePeriod(0).delete();
    CLIENT.pods().inNamespace(NAMESPACE).withName(SERVER).withGracePeriod(0).delete();
    await("acme", t -> "demo".equals(t.getStatus().shard()));
    var report = writers.report();
    assertThat(report.lost()).isZero();
    assertThat(
            POSTGRES.sql(
                POSTGRES.primary(),
                "t_acme",
                "SELECT (SELECT count(*) FROM people) || ' ' || count(*) || ' ' || sum(n) FROM many"))
        .isEqualTo("5001 400000 80000200000");
    annotate("acme", "generalbots.io/end-soak", SHARD);
    await("acme", t -> isMigrating(t, "Settled"));
  }

  @Test
  @Order(7)
  void withoutThePolicyEverybodyStaysWhereTheyAre() {
    POLICIES.delete("by-tenant");
    assertThat(shard("late")).isEqualTo(SHARD);
    var report = Writers.start(CLIENT, NAMESPACE, "late-postgres").report();
    assertThat(report.errors()).isEmpty();
    assertThat(CLIENT.secrets().inNamespace(NAMESPACE).withName("demo-placement").get()).isNull();
  }

  @Test
  @Order(8)
  void whoGoesLeavesNothingOnEitherServer() {
    tenant("late").delete();
    tenant("late").waitUntilCondition(Objects::isNull, 2, TimeUnit.MINUTES);
    assertThat(databases(SERVER)).doesNotContain("t_late");
    for (var server : List.of(SERVER, POSTGRES.primary())) {
      assertThat(POSTGRES.sql(server, "SELECT count(*) FROM pg_roles WHERE rolname ~ '^t._?late$'"))
          .isEqualTo("0");
    }
  }

  private static void create(String name) {
    CLIENT.resource(TENANT.formatted(name, NAMESPACE)).inNamespace(NAMESPACE).create();
  }

  private static Resource<Tenant> tenant(String name) {
    return CLIENT.resources(Tenant.class).inNamespace(NAMESPACE).withName(name);
  }

  private static void move(String name, String shard) {
    patch(name, "{\"spec\":{\"placement\":{\"shard\":\"%s\"}}}".formatted(shard));
  }

  private static void annotate(String name, String key, String value) {
    patch(name, "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(key, value));
  }

  private static void patch(String name, String patch) {
    tenant(name).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  private static void await(String name, Predicate<Tenant> wanted) {
    tenant(name)
        .waitUntilCondition(
            t -> t != null && t.getStatus() != null && wanted.test(t),
            LIMIT.toSeconds(),
            TimeUnit.SECONDS);
  }

  private static TenantPhase phase(Tenant tenant) {
    return Objects.requireNonNull(tenant.getStatus().phase());
  }

  private static String shard(String name) {
    return Objects.requireNonNull(tenant(name).require().getStatus().shard());
  }

  private static boolean isMigrating(Tenant tenant, String... reasons) {
    return tenant.getStatus().conditions().stream()
        .filter(c -> "Migrating".equals(c.getType()))
        .anyMatch(c -> List.of(reasons).contains(c.getReason()));
  }

  private static boolean isCarried(List<Pod> carriers) {
    return carriers.stream().anyMatch(p -> "Running".equals(p.getStatus().getPhase()));
  }

  private static List<String> databases(String pod) {
    return POSTGRES.sql(pod, "SELECT datname FROM pg_database").lines().toList();
  }

  private static String open(String pod, String database) {
    return POSTGRES.sql(
        pod, "SELECT datallowconn FROM pg_database WHERE datname = '%s'".formatted(database));
  }
}
