package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotServerStage;
import io.generalbots.api.v1alpha1.cluster.ScalingDecision;
import io.generalbots.api.v1alpha1.cluster.ScalingMetric;
import io.generalbots.api.v1alpha1.cluster.ScalingSample;
import io.generalbots.operator.kernel.Conditions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Bot servers under load: they become more with it and fewer without it, and go on without their
 * cache. Nobody's conversation ends.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(600)
@Tag("REQ-SCALE-1")
@Tag("REQ-SCALE-2")
class ScalingE2E {

  private static final String NAMESPACE = "e2e-scaling";
  private static final String FALLBACK = "FallbackInUse";
  private static final int SOCKETS = 200;
  private static final int DRAIN_SECONDS = 60;

  /** Nobody is signed in: 401, from the bot server alone and not from a store behind it. */
  private static final String ASKED = "--path /suite/";

  private static final String ELASTIC =
      """
      {"gateway": {"enabled": true, "service": {"type": "ClusterIP"}, "rateLimit": {"enabled": false},
                   "resources": {"requests": {"cpu": "20m", "memory": "32Mi"}}},
       "botserver": {"replicas": 1, "drainSeconds": %d},
       "autoscaling": {"enabled": true, "maxReplicas": 5, "cooldownSeconds": 5, "checkIntervalSeconds": 5,
                       "rules": [{"metric": "RequestsPerSecond", "above": 5, "below": 2}]}}
      """
          .formatted(DRAIN_SECONDS);

  private static final String DRY =
      """
      {"autoscaling": {"enabled": true, "mode": "DryRun", "rules": null}}
      """;

  private static final String QUEUED =
      """
      {"autoscaling": {"rules": [{"metric": "QueueDepth", "above": 100, "below": 10, "queues": ["%s"]}]}}
      """
          .formatted(WaitingOrders.STREAM);

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final Stage stage = new Stage(client, NAMESPACE);
  private final BotServerCluster cluster = new BotServerCluster(client, NAMESPACE);
  private final SharedFolder folder = new SharedFolder(client, NAMESPACE);
  private final BotServerStores vectors = BotServerStores.vectors(client, NAMESPACE);
  private LoadPod load = new LoadPod(client, NAMESPACE, "");

  @BeforeAll
  void oneServer() {
    stage.prepare();
    folder.prepare();
    vectors.start();
    cluster.create("generalbots/botserver:double");
    cluster.patch(ELASTIC);
    cluster.breakVault(false);
    cluster.awaitReady(1);
    new Told(resource()).await("GatewayReady", c -> "True".equals(c.getStatus()), ofMinutes(3));
    load = LoadPod.start(client, NAMESPACE);
  }

  @AfterAll
  void end() {
    stage.clear();
    vectors.remove();
    folder.remove();
    client.close();
  }

  @Test
  @Order(1)
  void theLoadMakesFiveOfOneAndItsEndOneOfFive() {
    load.begin("stayed", "--sockets %d".formatted(SOCKETS));
    load.begin("steady", "--rate 1.5 " + ASKED);
    load.begin("heavy", "--rate 30 " + ASKED);
    awaitServers(5);
    cluster.awaitReady(5);
    load.begin("late", "--sockets 40");
    var heavy = load.end("heavy");
    await("a server drains", c -> stages(c).contains(BotServerStage.DRAINING));
    endOperators();
    load.end("late").hasLostNothing();
    awaitServers(1);
    awaitPods(1);
    heavy.hasLostNothing();
    load.end("steady").hasLostNothing();
    var stayed = load.end("stayed");
    stayed.hasLostNothing();
    assertThat(stayed.opened()).isEqualTo(SOCKETS);
  }

  @Test
  @Order(2)
  void itIsToldInTheStatusAndAsEvents() {
    var told = Optional.ofNullable(cluster.get().getStatus().autoscaling()).orElseThrow();
    assertThat(told.decisions().get(0).message()).contains("below 2/s", "2 → 1");
    assertThat(events())
        .extracting(Event::getReason)
        .contains("ScaledOut", "ScaledIn", "Draining", "Drained");
    assertThat(cluster.pods())
        .extracting(p -> p.getMetadata().getLabels().get("generalbots.io/stage"))
        .containsExactly("Ready");
  }

  /** What does not end by itself is ended when its time is over, and not before. */
  @Test
  @Order(3)
  void whoStaysIsLeftItsTime() {
    cluster.patch("{\"autoscaling\": {\"enabled\": false}}");
    resource().scale(2);
    cluster.awaitReady(2);
    load.begin("staying", "--sockets 60");
    var began = System.nanoTime();
    resource().scale(1);
    awaitPods(1);
    var took = Duration.ofNanos(System.nanoTime() - began);
    var staying = load.end("staying");
    assertThat(staying.dropped()).isBetween(1, 59);
    assertThat(staying.ended()).allSatisfy(s -> assertThat(s).isGreaterThan(DRAIN_SECONDS));
    assertThat(took).isGreaterThan(Duration.ofSeconds(DRAIN_SECONDS));
  }

  @Test
  @Order(4)
  @Tag("REQ-HA-4")
  void withoutTheirCacheTheyGoOnAndItIsTold() {
    var cache = Processes.of(client.pods().inNamespace(NAMESPACE).withName("demo-valkey-0").get());
    theyGoOnWithout("CacheAway", () -> Fault.HANG.begin(cache, "valkey-server"));
  }

  /** Nobody looks after a Qdrant elsewhere; gateways notice that it does not answer. */
  @Test
  @Order(5)
  @Tag("REQ-HA-4")
  void withoutVectorsElsewhereTheyGoOnAndItIsTold() {
    theyGoOnWithout("VectorsAway", vectors::cutVectors);
  }

  private void theyGoOnWithout(String reason, Supplier<Fault.Ending> cut) {
    load.begin(reason, "--rate 10 --sockets 10 " + ASKED);
    var ending = cut.get();
    try {
      new Told(resource()).await(FALLBACK, c -> reason.equals(c.getReason()), ofMinutes(3));
    } finally {
      ending.end();
    }
    new Told(resource()).await(FALLBACK, c -> "False".equals(c.getStatus()), ofMinutes(3));
    load.end(reason).hasLostNothing();
    assertThat(events()).extracting(Event::getReason).contains(FALLBACK, "Not" + FALLBACK);
  }

  @Test
  @Order(6)
  void allThatTheTableIsAboutIsMeasured() {
    cluster.patch(DRY);
    await(
        "everything is measured",
        c ->
            c.getStatus().autoscaling() != null
                && c.getStatus().autoscaling().samples().stream()
                    .map(ScalingSample::metric)
                    .toList()
                    .containsAll(
                        List.of(
                            ScalingMetric.CPU,
                            ScalingMetric.MEMORY,
                            ScalingMetric.REQUESTS_PER_SECOND,
                            ScalingMetric.RESPONSE_TIME_MILLIS)));
    assertThat(Conditions.isTrue(cluster.get().getStatus().conditions(), "ScalingLimited"))
        .isFalse();
  }

  @Test
  @Order(7)
  void messagesThatWaitAreCountedUntilTheyAreDone() {
    var orders = new WaitingOrders(new ValkeyPods(client, NAMESPACE));
    orders.put(500);
    cluster.patch(QUEUED);
    awaitDepth("500");
    await("more is asked for", c -> decision(c).contains("queue depth 500 above 100"));
    orders.work(500);
    awaitDepth("0");
  }

  private void awaitDepth(String value) {
    await(
        value + " messages wait",
        c ->
            c.getStatus().autoscaling() != null
                && c.getStatus().autoscaling().samples().stream()
                    .filter(sample -> sample.metric() == ScalingMetric.QUEUE_DEPTH)
                    .anyMatch(sample -> sample.value().equals(value)));
  }

  private static String decision(BotCluster cluster) {
    return Stream.ofNullable(cluster.getStatus().autoscaling())
        .flatMap(told -> told.decisions().stream())
        .map(ScalingDecision::message)
        .findFirst()
        .orElse("");
  }

  private void awaitServers(int number) {
    await(
        number + " servers are asked for",
        c ->
            c.getStatus().autoscaling() != null
                && Objects.equals(c.getStatus().autoscaling().desired(), number));
  }

  private void await(String what, Predicate<BotCluster> wished) {
    System.out.println("waiting until " + what);
    resource().waitUntilCondition(c -> c != null && wished.test(c), 4, TimeUnit.MINUTES);
  }

  /** Waits until there are no others, those on their way out included. */
  private void awaitPods(int number) {
    client
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("generalbots.io/component", "botserver")
        .informOnCondition(pods -> pods.size() == number)
        .orTimeout(4, TimeUnit.MINUTES)
        .join();
  }

  private static List<BotServerStage> stages(BotCluster cluster) {
    return cluster.getStatus().botservers().stream().map(server -> server.stage()).toList();
  }

  /** As a node that fails does: without a good-bye. */
  private void endOperators() {
    OperatorLog.pods(client, NAMESPACE).forEach(p -> p.withGracePeriod(0).delete());
  }

  private List<Event> events() {
    return client.v1().events().inNamespace(NAMESPACE).list().getItems();
  }

  private Resource<BotCluster> resource() {
    return client
        .resources(BotCluster.class)
        .inNamespace(NAMESPACE)
        .withName(BotServerCluster.NAME);
  }
}
