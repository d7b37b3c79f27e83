package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** People come into a room as browsers do: by TLS, through the gateway. */
@Timeout(420)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Thorough
class LiveKitGatewayE2E {

  /** How long after the server has gone its clients may still be finding another way. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(8);

  private static final int STAY_SECONDS = 75;
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final LiveKitCluster LIVEKIT = new LiveKitCluster(CLIENT, "e2e-livekit-gateway");

  @BeforeAll
  static void twoServersBehindAGateway() {
    var gateway =
        "{replicas: 1, service: {type: ClusterIP}, resources: {requests: {cpu: 20m, memory: 32Mi}}}";
    LIVEKIT.create(
        String.join("\n    ", "replicas: 2", "drainSeconds: 60"), Map.of("gateway", gateway));
    LIVEKIT.await("GatewayReady", c -> "True".equals(c.getStatus()), ofMinutes(5));
    LIVEKIT.awaitReady(2, ofMinutes(5));
  }

  @AfterAll
  static void remove() {
    LIVEKIT.close();
  }

  @Test
  @Order(1)
  void whoCameThroughTheGatewayGoesOnHearingTheOtherWhenTheOtherServerGoes() {
    var ann = LIVEKIT.join("ann", "hall", STAY_SECONDS + 15, LIVEKIT.gateway()).in();
    var bob = LIVEKIT.join("bob", "hall", STAY_SECONDS, LIVEKIT.gateway());
    bob.sees("\"sound\", \"of\": \"ann\"").sees("from-ann");
    ann.sees("\"sound\", \"of\": \"bob\"").sees("from-bob");
    var host = LIVEKIT.host();
    var other = LIVEKIT.other(host);
    LIVEKIT.spare(host);
    var began = Instant.now();
    LIVEKIT.patch("{\"replicas\": 1}");
    LIVEKIT.awaitReady(1, ofMinutes(2));
    LIVEKIT.awaitGone(other, ofMinutes(2));
    var gone = Instant.now();
    ann.sees("from-bob", gone);
    bob.sees("from-ann", gone);
    assertThat(bob.end(ofMinutes(3))).isZero();
    assertThat(ann.end(ofMinutes(3))).isZero();
    var byAnn = ann.heard("bob");
    var byBob = bob.heard("ann");
    System.out.printf(
        "the other server was gone after %d ms; ann heard %s, bob %s; signals went another way %d and"
            + " %d times%n",
        Duration.between(began, gone).toMillis(), byAnn, byBob, ann.reconnects(), bob.reconnects());
    assertUninterrupted(ann.longestGap(began, gone.plus(AFTERWARDS)));
    assertUninterrupted(bob.longestGap(began, gone.plus(AFTERWARDS)));
    assertThat(byBob.seconds()).isGreaterThan(STAY_SECONDS / 2.0);
    LIVEKIT.patch("{\"replicas\": 2}");
    LIVEKIT.awaitReady(2, ofMinutes(2));
  }

  /** A way that breaks is found anew after several seconds; less than that is a busy machine. */
  private static void assertUninterrupted(double gap) {
    Machine.assertWithin(gap, 0.5, 4);
  }

  /** It is TLS that lets them in: who does not know the authority of the certificate stays out. */
  @Test
  @Order(2)
  void whoDoesNotTrustTheCertificateStaysOut() {
    var carl = LIVEKIT.join("carl", "cellar", 10, LIVEKIT.gateway()).in();
    var dora = LIVEKIT.join("dora", "cellar", 10, LIVEKIT.gateway().untrusted());
    assertThat(dora.end(ofMinutes(2))).isEqualTo(1);
    assertThat(dora.log()).doesNotContain("\"connected\"");
    assertThat(carl.end(ofMinutes(1))).isZero();
  }
}
