package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Bot servers with real stores. By default the contract double runs, which ends where botserver
 * would go on with settings of localhost; with BOTSERVER_IMAGE, or BOTSERVER_BINARY, it is the real
 * program. The vectors are the recorded contract of Qdrant.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(900)
class BotServerE2E {

  private static final String NAMESPACE = "e2e-botserver";
  private static final String GATEWAY = "gateway";
  private static final String DOUBLE = "generalbots/botserver:double";
  private static final String SERVICE = "http://demo-botserver:8080";
  private static final String STRANGER = "stranger";

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final Stage stage = new Stage(client, NAMESPACE);
  private final Shell shell = new Shell(client, NAMESPACE);
  private final BotServerStores stores = new BotServerStores(client, NAMESPACE);
  private final BotServerCluster cluster = new BotServerCluster(client, NAMESPACE);
  private final PostgresCluster postgres = new PostgresCluster(client, NAMESPACE);
  private final SharedFolder folder = new SharedFolder(client, NAMESPACE);
  private final Connections connections = new Connections(client, NAMESPACE);

  private boolean startedWithoutVault;
  private String toldWithoutVault = "";
  private List<Pod> first = List.of();

  /** The other stores serve for a while before there is a vault. */
  @BeforeAll
  void start() {
    stage.prepare();
    folder.prepare();
    stores.start();
    connections.startListener(STRANGER);
    cluster.create(image());
    postgres.awaitReady(2, ofMinutes(5));
    awaitTrue("ValkeyReady");
    awaitTrue("PoolerReady");
    awaitTrue("SeaweedfsReady");
    toldWithoutVault = cluster.awaitTold("waits for vault").getReason();
    startedWithoutVault = cluster.deployment().isPresent() || !cluster.pods().isEmpty();
    cluster.breakVault(false);
    cluster.awaitReady(2);
    first = cluster.pods();
  }

  @AfterAll
  void end() {
    connections.remove(STRANGER);
    stage.clear();
    stores.remove();
    folder.remove();
    client.close();
  }

  @Test
  @Order(1)
  void withoutTheVaultNoneStarts() {
    assertThat(startedWithoutVault).isFalse();
    assertThat(toldWithoutVault).isEqualTo("WaitingForStores");
  }

  @Test
  @Order(2)
  void theFirstMigratesAlone() {
    assertThat(first).hasSize(2);
    assertThat(BotServerCluster.readySince(first.get(0)))
        .isBeforeOrEqualTo(Instant.parse(first.get(1).getMetadata().getCreationTimestamp()));
    assertThat(cluster.restarts().values()).containsOnly(0);
    assertThat(
            postgres.sql(postgres.primary(), "SELECT count(*) > 0 FROM __diesel_schema_migrations"))
        .isEqualTo("t");
  }

  @Test
  @Order(3)
  void theScaleIsToldAndTheVersion() {
    var status = cluster.get().getStatus();
    assertThat(status.replicas()).isEqualTo(2);
    assertThat(status.selector())
        .isEqualTo("generalbots.io/cluster=demo,generalbots.io/component=botserver");
    assertThat(status.version()).isEqualTo("6.3.1");
  }

  @Test
  @Order(4)
  void theDefaultsOfAllBotsAreInTheDatabase() {
    var rows =
        "SELECT string_agg(config_key || '=' || config_value, ' ' ORDER BY config_key) FROM"
            + " bot_configuration WHERE bot_id = '00000000-0000-0000-0000-000000000000'";
    assertThat(postgres.sql(postgres.primary(), rows))
        .isEqualTo(
            "fallback-cache-enabled=true fallback-cache-mode=memory"
                + " fallback-llm-model=DeepSeek-R1-Distill-Qwen-1.5B fallback-llm-provider=local"
                + " fallback-vectordb-enabled=true fallback-vectordb-mode=keyword-search"
                + " llm-server=false vectordb-url=http://vectors.%s.svc:6333".formatted(NAMESPACE));
  }

  @Test
  @Order(5)
  void everyServerHasTouchedEveryStore() {
    assumeTrue(image().equals(DOUBLE), "only the double says what it has touched");
    for (var pod : first) {
      var address = pod.getStatus().getPodIP();
      var ask = "curl -s -m 8 http://%s:8080/api/double".formatted(address);
      await(ask, "\"vectordb\": true", ofMinutes(1));
      assertThat(shell.run(GATEWAY, ask))
          .contains("\"database\": true", "\"cache\": true", "\"drive\": true");
    }
  }

  @Test
  @Order(6)
  void aChatIsAnswered() {
    assertThat(chat()).startsWith("101 connected");
  }

  @Test
  @Order(7)
  void onlyTheGatewayReachesThem() {
    var address = first.get(0).getStatus().getPodIP();
    assertThat(connections.reaches(GATEWAY, address, 8080)).isTrue();
    assertThat(connections.reaches(STRANGER, address, 8080)).isFalse();
  }

  @Test
  @Order(8)
  void theyReachTheirStoresAndNothingElse() {
    var bot = first.get(0).getMetadata().getName();
    assertThat(connections.reaches(bot, connections.address("demo-vault-0"), 8200)).isTrue();
    assertThat(connections.reaches(bot, connections.pooler(), 5432)).isTrue();
    assertThat(connections.reaches(GATEWAY, connections.address(STRANGER), Connections.LISTENER))
        .isTrue();
    assertThat(connections.reaches(bot, connections.address(STRANGER), Connections.LISTENER))
        .isFalse();
    assertThat(connections.reaches(bot, connections.address("demo-postgres-0"), 5432)).isFalse();
  }

  @Test
  @Order(9)
  void aKilledServerComesBackWhileTheOtherServes() {
    var before = cluster.restarts();
    var victim = cluster.pods().get(0);
    client.resource(victim).withGracePeriod(0).delete();
    awaitServing();
    cluster.awaitNew(before);
    cluster.awaitReady(2);
  }

  @Test
  @Order(10)
  @Thorough
  void aFailoverLeavesThemRunning() {
    var before = cluster.restarts();
    var former = client.pods().inNamespace(NAMESPACE).withName(postgres.primary()).require();
    shell.run(
        GATEWAY,
        "(mkfifo /tmp/in; python3 /code/chat.py demo-botserver </tmp/in >/tmp/out 2>&1 &"
            + " exec 3>/tmp/in; echo before >&3; sleep infinity) </dev/null >/dev/null 2>&1 &");
    await("cat /tmp/out", "before", ofMinutes(1));
    var began = Instant.now();
    client.resource(former).withGracePeriod(0).delete();
    awaitAnotherPrimary(former);
    awaitServing();
    System.out.printf(
        "a failover: served again %.1f s after the primary was killed%n",
        Duration.between(began, Instant.now()).toMillis() / 1000.0);
    shell.run(GATEWAY, "timeout 5 bash -c 'echo after >/tmp/in'");
    await("cat /tmp/out", "after", ofMinutes(2));
    assertThat(chat()).startsWith("101 connected");
    assertThat(cluster.restarts()).isEqualTo(before);
    postgres.awaitReady(2, ofMinutes(5));
  }

  @Test
  @Order(11)
  @Thorough
  void withoutTheVaultANewServerWaitsAndTheOtherServes() {
    cluster.awaitReady(2);
    var before = cluster.restarts();
    var generation = cluster.deployment().orElseThrow().getMetadata().getGeneration();
    cluster.breakVault(true);
    client.pods().inNamespace(NAMESPACE).withName("demo-vault-0").withGracePeriod(0).delete();
    assertThat(cluster.awaitTold("run on as they are").getMessage()).contains("waits for vault");
    client.resource(cluster.pods().get(0)).withGracePeriod(0).delete();
    var waiting = cluster.awaitNew(before);
    await(() -> log(waiting), "waiting for secret/gbo/tables", ofMinutes(2));
    awaitServing();
    assertThat(log(waiting)).doesNotContain("listening");
    cluster.breakVault(false);
    cluster.awaitReady(2);
    assertThat(cluster.restarts().values()).containsOnly(0);
    assertThat(cluster.deployment().orElseThrow().getMetadata().getGeneration())
        .isEqualTo(generation);
  }

  @Test
  @Order(12)
  void aNewTokenReplacesThemOneByOne() {
    var before = cluster.restarts();
    shell.run(
        GATEWAY,
        "rm -f /tmp/failed; (while :; do curl -sf -m 8 -o /dev/null "
            + SERVICE
            + "/health || echo $? >>/tmp/failed; done) </dev/null >/dev/null 2>&1 &");
    client.secrets().inNamespace(NAMESPACE).withName("demo-vault-tokens").delete();
    cluster.awaitOthers(before, 2);
    assertThat(shell.run(GATEWAY, "cat /tmp/failed 2>/dev/null || true")).isEmpty();
    assertThat(chat()).startsWith("101 connected");
  }

  @Test
  @Order(13)
  @Thorough
  void theyScaleByTheSubresource() {
    client.resources(BotCluster.class).inNamespace(NAMESPACE).withName("demo").scale(1);
    cluster.awaitReady(1);
    assertThat(cluster.get().getStatus().replicas()).isEqualTo(1);
  }

  @Test
  @Order(14)
  @Thorough
  void theySleepAndWakeUp() {
    try (var endings = new Endings(client, NAMESPACE)) {
      postgres.patch("{\"hibernate\": true}");
      client
          .pods()
          .inNamespace(NAMESPACE)
          .withLabel("generalbots.io/cluster", "demo")
          .withLabelNotIn("generalbots.io/component", GATEWAY)
          .waitUntilCondition(Objects::isNull, 3, TimeUnit.MINUTES);
      assertThat(List.of("vault", "valkey", "s3", "pooler", "postgres"))
          .allMatch(store -> endings.isEndedBefore("botserver", store));
      assertThat(endings.isEndedBefore("s3", "pooler")).isTrue();
      assertThat(endings.isEndedBefore("pooler", "postgres")).isTrue();
    }
    postgres.patch("{\"hibernate\": false}");
    cluster.awaitReady(1);
    assertThat(cluster.restarts().values()).containsOnly(0);
  }

  private static String image() {
    var given = System.getenv("BOTSERVER_IMAGE");
    if (given != null) {
      return given;
    }
    return System.getenv("BOTSERVER_BINARY") == null
        ? DOUBLE
        : "generalbots/botserver-binary:given";
  }

  /** What a client is greeted with, and what its first message is answered with. */
  private String chat() {
    return shell.run(GATEWAY, "echo hello | timeout 15 python3 /code/chat.py demo-botserver 2>&1");
  }

  /** Services may lead to one that is gone for a moment. */
  private void awaitServing() {
    var ask = "curl -s -m 8 -o /dev/null -w '%{http_code}' " + SERVICE + "/api/health";
    await(ask, "200", ofMinutes(2));
  }

  private String log(Pod pod) {
    var name = pod.getMetadata().getName();
    try {
      return client.pods().inNamespace(NAMESPACE).withName(name).getLog();
    } catch (KubernetesClientException e) {
      return "";
    }
  }

  private void await(String command, String text, Duration limit) {
    await(() -> shell.attempt(GATEWAY, command), text, limit);
  }

  /** Asks until the answer has this in it; each question takes its time. */
  private static void await(Supplier<String> ask, String text, Duration limit) {
    var end = Instant.now().plus(limit);
    var answer = ask.get();
    while (!answer.contains(text)) {
      assertThat(Instant.now()).as("asked until %s came, last: %s", text, answer).isBefore(end);
      answer = ask.get();
    }
  }

  /** Another pod, even if it has the name of the former one and its volume. */
  private void awaitAnotherPrimary(Pod former) {
    client
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("generalbots.io/component", "postgres")
        .withLabel("generalbots.io/role", "primary")
        .informOnCondition(
            pods ->
                pods.stream()
                    .filter(Readiness::isPodReady)
                    .anyMatch(p -> !former.getMetadata().getUid().equals(p.getMetadata().getUid())))
        .orTimeout(3, TimeUnit.MINUTES)
        .join();
  }

  private void awaitTrue(String condition) {
    client
        .resources(BotCluster.class)
        .inNamespace(NAMESPACE)
        .withName(BotServerCluster.NAME)
        .waitUntilCondition(
            c ->
                c != null
                    && c.getStatus() != null
                    && Conditions.isTrue(c.getStatus().conditions(), condition),
            5,
            TimeUnit.MINUTES);
  }
}
