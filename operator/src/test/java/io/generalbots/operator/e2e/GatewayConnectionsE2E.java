package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of connections while the gateway changes. */
@Timeout(600)
@Thorough
class GatewayConnectionsE2E {

  private static final int SOCKETS = 100;
  private static final int CHANGES = 50;

  private static final KubernetesClient KUBERNETES = new KubernetesClientBuilder().build();
  private static final GatewayCluster CLUSTER =
      new GatewayCluster(KUBERNETES, "e2e-gateway-connections");
  private static GatewayClient client = new GatewayClient(CLUSTER, "");

  @BeforeAll
  static void twoOfEach() {
    CLUSTER.create("bot-a", "bot-b");
    client = GatewayClient.start(CLUSTER);
    CLUSTER.awaitKnown(CLUSTER.botServers().address("bot-b"), ofMinutes(1));
  }

  @AfterAll
  static void remove() {
    CLUSTER.close();
  }

  /** Every tenth change is one of the domain, and with it of the certificate. */
  @Test
  void aHundredWebsocketsStayOpenThroughFiftyChangesOfTheConfiguration() {
    var before = CLUSTER.lives();
    client.begin("sockets", "sockets --count " + SOCKETS);
    IntStream.rangeClosed(1, CHANGES).forEach(GatewayConnectionsE2E::change);
    var report = client.sockets("sockets");
    assertThat(report.errors()).isEmpty();
    assertThat(report.opened()).isEqualTo(SOCKETS);
    assertThat(report.dropped()).isZero();
    assertThat(report.fewest()).isGreaterThan(CHANGES / 5);
    assertThat(CLUSTER.lives()).isEqualTo(before);
  }

  private static void change(int number) {
    if (number % 10 == 0) {
      var domain = number % 20 == 0 ? GatewayCluster.DOMAIN : "other.example.com";
      CLUSTER.patch("{\"domain\": \"%s\"}".formatted(domain));
      CLUSTER.awaitServed("https://%s {".formatted(domain), ofMinutes(1));
    } else {
      CLUSTER.patch(
          "{\"gateway\": {\"healthCheck\": {\"intervalSeconds\": %d}}}".formatted(number));
      CLUSTER.awaitServed("health_interval %ds\n".formatted(number), ofMinutes(1));
    }
  }

  /** A pod that goes is forgotten before it stops to answer. */
  @Test
  void noRequestFailsWhenAGatewayIsReplaced() {
    CLUSTER.patch("{\"domain\": \"%s\"}".formatted(GatewayCluster.DOMAIN));
    CLUSTER.awaitServed("https://%s {".formatted(GatewayCluster.DOMAIN), ofMinutes(1));
    client.begin("load", "requests --count 4");
    var replaced = CLUSTER.pods().get(0).getMetadata().getName();
    CLUSTER.replace(replaced);
    var report = client.requests("load");
    assertThat(report.statuses()).containsOnlyKeys("200");
    assertThat(report.errors()).isEmpty();
    assertThat(report.repeated()).isZero();
  }
}
