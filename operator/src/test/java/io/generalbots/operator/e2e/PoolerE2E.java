package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client of the pooler meets, and that nobody holds it back for long. */
@Timeout(240)
@Thorough
class PoolerE2E {

  private static final String NAMESPACE = "e2e-pooler";
  private static final Map<String, String> POOLERS =
      Map.of("generalbots.io/cluster", "demo", "generalbots.io/component", "pooler");

  private static final String AWAIT_LONG =
      "until psql -U postgres -Atqc \"SELECT 'there' FROM pg_stat_activity WHERE state = 'active' AND"
          + " pid <> pg_backend_pid() AND query LIKE '%pg_sleep(15)%'\" | grep there; do :; done";

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final PostgresCluster POSTGRES = new PostgresCluster(CLIENT, NAMESPACE);
  private static String client = "";

  @BeforeAll
  static void oneSmallCluster() {
    POSTGRES.prepareNamespace();
    POSTGRES.create("{instances: 2, storage: {size: 1Gi}, pooler: {instances: 1}}");
    POSTGRES.awaitReady(2, ofMinutes(3));
    CLIENT
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withName("demo-pooler")
        .waitUntilReady(90, TimeUnit.SECONDS);
    var pod = CLIENT.resource(ClientPod.of(NAMESPACE, "client-")).create();
    CLIENT.pods().resource(pod).waitUntilReady(60, TimeUnit.SECONDS);
    client = pod.getMetadata().getName();
  }

  @AfterAll
  static void remove() {
    CLIENT.pods().inNamespace(NAMESPACE).withName(client).delete();
    POSTGRES.close();
  }

  @Test
  void aNewDatabaseAndANewRoleAreServedAtOnce() {
    var before = poolers();
    POSTGRES.sql(POSTGRES.primary(), "CREATE ROLE newcomer LOGIN PASSWORD 'first'");
    POSTGRES.sql(POSTGRES.primary(), "CREATE DATABASE fresh OWNER newcomer");
    assertThat(query("newcomer", "first", "fresh", "SELECT current_database()")).isEqualTo("fresh");
    POSTGRES.sql(POSTGRES.primary(), "ALTER ROLE newcomer PASSWORD 'second'");
    assertThat(query("newcomer", "second", "fresh", "SELECT 'in'")).isEqualTo("in");
    assertThat(poolers()).isEqualTo(before);
  }

  @Test
  void nobodyComesInWithAWrongPasswordOrAsARoleThatIsNoClient() {
    assertThat(query("botserver", "wrong", "botserver", "SELECT 1")).contains("FATAL");
    assertThat(query("postgres", password("-superuser"), "postgres", "SELECT 1")).contains("FATAL");
  }

  @Test
  void withoutTlsNobodyComesIn() {
    var plain = "PGSSLMODE=disable psql -Atqc 'SELECT 1' 2>&1 || true";
    assertThat(POSTGRES.exec(client, "bash", "-c", plain)).contains("FATAL");
  }

  @Test
  void aPauseThatNobodyEndsIsEnded() {
    console("PAUSE");
    var began = System.nanoTime();
    assertThat(ask("SELECT 'through'")).isEqualTo("through");
    var waited = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    assertThat(waited).isBetween(20L, 45L);
  }

  @Test
  void aSwitchoverDoesNotHoldClientsBackForALongTransaction() {
    var candidate = POSTGRES.withRole("replica").get(0);
    var writers = Writers.start(CLIENT, NAMESPACE);
    POSTGRES.exec(
        client,
        "bash",
        "-c",
        "(psql -c 'BEGIN; CREATE TEMP TABLE t (n int); SELECT pg_sleep(15); COMMIT' >/tmp/long 2>&1;"
            + " echo $? >>/tmp/long) </dev/null >/dev/null 2>&1 &");
    POSTGRES.exec(POSTGRES.primary(), "bash", "-c", AWAIT_LONG);
    POSTGRES.annotate("generalbots.io/switchover", candidate);
    POSTGRES.awaitPrimary(candidate, ofMinutes(1));
    var report = writers.report();
    assertThat(report.errors()).isEmpty();
    assertThat(report.lost()).isZero();
    assertThat(POSTGRES.exec(client, "tail", "-n1", "/tmp/long")).isEqualTo("0");
    assertThat(events()).anyMatch(m -> m.contains("wait for transactions under way to end"));
  }

  private static String ask(String statement) {
    return POSTGRES.exec(client, "psql", "-Atqc", statement);
  }

  private static String query(String role, String password, String database, String statement) {
    return POSTGRES.exec(
        client,
        "env",
        "PGUSER=" + role,
        "PGPASSWORD=" + password,
        "PGDATABASE=" + database,
        "psql",
        "-Atqc",
        statement);
  }

  /** What one may do in the pod of the pooler. */
  private static void console(String order) {
    var pod = CLIENT.pods().inNamespace(NAMESPACE).withLabels(POOLERS).list().getItems().get(0);
    POSTGRES.exec(
        pod.getMetadata().getName(),
        "psql",
        "-h",
        "/run/pooler",
        "-U",
        "pgbouncer",
        "-d",
        "pgbouncer",
        "-c",
        order);
  }

  private static String password(String secret) {
    var value = POSTGRES.secret(secret).getData().get("password");
    return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }

  private static Map<String, Integer> poolers() {
    return CLIENT.pods().inNamespace(NAMESPACE).withLabels(POOLERS).list().getItems().stream()
        .collect(Collectors.toMap(p -> p.getMetadata().getUid(), PoolerE2E::restarts));
  }

  private static int restarts(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream().mapToInt(s -> s.getRestartCount()).sum();
  }

  private static List<String> events() {
    return CLIENT.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
        .map(Event::getMessage)
        .toList();
  }
}
