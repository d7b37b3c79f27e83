package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** What the gateway says of what is behind it, and when it leaves that alone (REQ HA-1, HA-2). */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class GatewayGuardE2E {

  private static final String SITE = "https://" + GatewayCluster.DOMAIN;
  private static final String HEALTH = SITE + "/health";
  private static final String WHO = SITE + "/api/who";

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final int NOT_ALLOWED = 405;

  /** One small server of each store; what answers for vectors is a bot server. */
  private static final String STORES =
      """
      qdrant: {external: {address: "http://demo-botserver:8080"}}
        postgres: %s
        valkey: %s
        gateway:
          replicas: 1
          service: {type: ClusterIP}
          resources: {requests: {cpu: 20m, memory: 32Mi}}
          rateLimit: {enabled: false}
          circuitBreaker: {timeoutSeconds: 5}"""
          .formatted(Small.POSTGRES, Small.VALKEY);

  /** The status of an answer that comes within a second; 000 of another. */
  private static final String STATUS_AT_ONCE =
      "curl -s -o /dev/null -w '%{http_code}' --max-time 1 --cacert /tls/ca.crt"
          + " --connect-to ::demo-gateway: "
          + WHO;

  private static final KubernetesClient KUBERNETES = new KubernetesClientBuilder().build();
  private static final GatewayCluster CLUSTER = new GatewayCluster(KUBERNETES, "e2e-gateway-guard");
  private static final BotServers BOTS = CLUSTER.botServers();
  private static GatewayClient client = new GatewayClient(CLUSTER, "");

  @BeforeAll
  static void theGatewayAndItsStores() {
    CLUSTER.createOf(STORES, "bot-a");
    client = GatewayClient.start(CLUSTER);
    List.of("Postgres", "Pooler", "Valkey").forEach(c -> CLUSTER.awaitReady(c, ofMinutes(4)));
    CLUSTER.awaitKnown(BOTS.address("bot-a"), ofMinutes(1));
    CLUSTER.awaitServed("vectordb http://demo-botserver:8080", ofMinutes(1));
    awaitHealth("healthy");
  }

  @AfterAll
  static void remove() {
    CLUSTER.close();
  }

  @Test
  @Order(1)
  void healthHasItsShapeAndTheTimesThatWereMeasured() {
    var said = client.curl(HEALTH);
    assertThat(said)
        .matches(
            "\\{\"status\":\"healthy\",\"version\":\"[0-9.]+\",\"checks\":\\{"
                + "\"database\":\\{\"status\":\"ok\",\"latency_ms\":\\d+},"
                + "\"cache\":\\{\"status\":\"ok\",\"latency_ms\":\\d+},"
                + "\"vectordb\":\\{\"status\":\"ok\",\"latency_ms\":\\d+},"
                + "\"llm\":\\{\"status\":\"(ok|disabled)\",\"latency_ms\":\\d+}}}");
    assertThat(health().at("/checks/database/latency_ms").asInt()).isBetween(1, 1000);
    assertThat(client.curl("-I " + HEALTH)).contains("200", "no-store");
    assertThat(client.status("-X POST " + HEALTH)).isEqualTo(NOT_ALLOWED);
  }

  @Test
  @Order(2)
  void withoutItsCacheItIsDegradedAndServes() {
    var cache = Processes.of(pod("valkey"));
    var ending = Fault.HANG.begin(cache, "valkey-server");
    try {
      awaitHealth("degraded");
      assertThat(health().at("/checks/cache/status").asText()).isEqualTo("error");
      assertThat(client.status(HEALTH)).isEqualTo(OK);
      assertThat(client.status(WHO)).isEqualTo(OK);
    } finally {
      ending.end();
    }
    awaitHealth("healthy");
  }

  /** It takes connections and answers none: only who asks it something notices. */
  @Test
  @Order(3)
  void withoutItsDatabaseItIsUnhealthyAndSaysNothingMore() {
    var database = Processes.of(pod("postgres"));
    var ending = Fault.HANG.begin(database, "postgres");
    try {
      awaitHealth("unhealthy");
      assertThat(client.status(HEALTH)).isEqualTo(UNAVAILABLE);
      assertThat(client.curl("-D - " + HEALTH))
          .contains("\"database\":{\"status\":\"error\"")
          .doesNotContain("demo", "postgres", "pooler", "svc", "dial", "5432");
    } finally {
      ending.end();
    }
    awaitHealth("healthy");
  }

  @Test
  @Order(4)
  void aBotServerThatFailsIsLeftAloneAndAskedAgainAfterItsTime() {
    assertThat(client.status(WHO)).isEqualTo(OK);
    CLUSTER.shell().run("bot-a", "touch /tmp/failing");
    var failed = IntStream.range(0, 5).mapToObj(i -> client.status(WHO));
    assertThat(failed).containsOnly(UNAVAILABLE);
    assertThat(state()).isEqualTo("1");
    var refused = client.curl("-D - -w '%{time_total}' " + WHO);
    assertThat(refused).containsPattern("(?i)retry-after: [1-5]\\s").contains("no-store");
    var seconds = Double.parseDouble(requireNonNull(refused.lines().toList().get(lines(refused))));
    assertThat(seconds).isLessThan(1);
    assertThat(CLUSTER.shell().run("bot-a", "wc -l </tmp/asked")).isEqualTo("5");
    CLUSTER.shell().run("bot-a", "rm /tmp/failing");
    client.awaitAnswer(WHO, "bot-a");
    assertThat(IntStream.range(0, 3).mapToObj(i -> client.status(WHO))).containsOnly(OK);
    assertThat(state()).isEqualTo("0");
  }

  /** The Service is asked then, and waited for; but not for ever by everybody. */
  @Test
  @Order(5)
  void withoutAnyBotServerNobodyWaitsLongerThanThePatience() {
    var address = BOTS.address("bot-a");
    BOTS.kill("bot-a");
    CLUSTER.awaitForgotten(address, ofMinutes(1));
    client.run("until [ \"$(%s)\" = 503 ]; do :; done".formatted(STATUS_AT_ONCE));
    assertThat(client.curl("-D - " + WHO)).containsPattern("(?i)retry-after: [1-5]\\s");
    BOTS.start("bot-a");
    CLUSTER.awaitKnown(BOTS.address("bot-a"), ofMinutes(1));
    assertThat(client.status(WHO)).isEqualTo(OK);
  }

  private static int lines(String text) {
    return (int) text.lines().count() - 1;
  }

  private static JsonNode health() {
    return Serialization.unmarshal(client.curl(HEALTH), JsonNode.class);
  }

  private static void awaitHealth(String status) {
    client.run(
        "until curl -s --max-time 5 --cacert /tls/ca.crt --connect-to ::demo-gateway: %s | grep -q '\"status\":\"%s\",\"version\"'; do sleep 0.2; done"
            .formatted(HEALTH, status));
  }

  /** How the circuit of the bot server stands, as the gateway's metrics tell it. */
  private static String state() {
    var series = "generalbots_edge_circuit_state{name=\"bots\",upstream=\"%s\"}";
    var asked =
        "curl -s --unix-socket /run/gateway/admin.sock http://localhost/metrics | grep -F '%s' | cut -d' ' -f2";
    var gateway = CLUSTER.pods().get(0).getMetadata().getName();
    return CLUSTER.shell().run(gateway, asked.formatted(series.formatted(BOTS.address("bot-a"))));
  }

  private static Pod pod(String component) {
    return KUBERNETES
        .pods()
        .inNamespace(CLUSTER.namespace())
        .withLabels(new Part("demo", component).selector())
        .list()
        .getItems()
        .get(0);
  }
}
