package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** Who comes into a room of two servers, and what becomes of them without their bus. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class LiveKitE2E {

  private static final String NAMESPACE = "e2e-livekit";
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final LiveKitCluster LIVEKIT = new LiveKitCluster(CLIENT, NAMESPACE);

  @BeforeAll
  static void twoServers() {
    LIVEKIT.create("replicas: 2");
    LIVEKIT.awaitReady(2, ofMinutes(5));
  }

  @AfterAll
  static void remove() {
    LIVEKIT.close();
  }

  @Test
  @Order(1)
  void twoMeetInARoomAndHearEachOther() {
    var ann = LIVEKIT.join("ann", "hall", 200).in();
    var bob = LIVEKIT.join("bob", "hall", 100).sees("\"others\": [\"ann\"]");
    ann.sees("\"who\": \"bob\"").sees("from-bob").sees("\"sound\", \"of\": \"bob\"");
    bob.sees("from-ann").sees("\"sound\", \"of\": \"ann\"");
    bob.leave();
    ann.sees("\"left\", \"who\": \"bob\"").leave();
  }

  @Test
  @Order(2)
  void aWrongSecretOpensNothing() {
    var eve = LIVEKIT.join("eve", ticket(LIVEKIT.key(), "0".repeat(48)));
    var mallory = LIVEKIT.join("mallory", ticket("APIunknown", LIVEKIT.secret()));
    var carl = LIVEKIT.join("carl", ticket(LIVEKIT.key(), LIVEKIT.secret())).in();
    assertThat(eve.end(ofMinutes(1))).isEqualTo(1);
    assertThat(mallory.end(ofMinutes(1))).isEqualTo(1);
    assertThat(eve.log() + mallory.log()).doesNotContain("\"connected\"").contains("401");
    assertThat(carl.end(ofMinutes(1))).isZero();
  }

  /**
   * The operator is held back, so that it does not bring Valkey back at once. Who comes in by the
   * server that goes would lose its room with it: these two come in where their room is. The last
   * one: if it fails there is no bus.
   */
  @Test
  @Order(3)
  void withoutTheBusNewServersWaitAndSayWhyAndOldOnesKeepTheirRooms() {
    LIVEKIT.join("first", "study", 30).in();
    var spared = LIVEKIT.awaitHost(ofMinutes(1));
    var door = LIVEKIT.doorOf(spared);
    var dora = LIVEKIT.join("dora", "study", 150, door).in();
    var emil = LIVEKIT.join("emil", "study", 150, door).sees("from-dora");
    var other = LIVEKIT.other(spared);
    LIVEKIT.annotate("generalbots.io/paused", "\"true\"");
    scaleValkey(0);
    CLIENT.pods().inNamespace(NAMESPACE).withName(other).withGracePeriod(0).delete();
    var began = Instant.now();
    LIVEKIT.awaitTrouble("Valkey, the bus at demo-valkey", ofSeconds(60));
    var told = Duration.between(began, Instant.now());
    emil.sees("from-dora", Instant.now());
    var waits = LIVEKIT.other(spared);
    CLIENT.pods().inNamespace(NAMESPACE).withName(waits).delete();
    LIVEKIT.awaitGone(waits, ofSeconds(30));
    scaleValkey(1);
    CLIENT
        .pods()
        .inNamespace(NAMESPACE)
        .withName("demo-valkey-0")
        .waitUntilReady(2, TimeUnit.MINUTES);
    began = Instant.now();
    LIVEKIT.awaitReady(2, ofMinutes(2));
    System.out.printf(
        "bus gone: told after %d ms; back: ready after %d ms%n",
        told.toMillis(), Duration.between(began, Instant.now()).toMillis());
    LIVEKIT.annotate("generalbots.io/paused", "null");
    assertThat(told).isLessThan(ofSeconds(30));
    assertThat(dora.end(ofMinutes(3))).isZero();
    assertThat(emil.end(ofMinutes(3))).isZero();
  }

  private static Participant.Ticket ticket(String key, String secret) {
    return new Participant.Ticket("hall", 20, key, secret);
  }

  private static void scaleValkey(int replicas) {
    CLIENT.apps().statefulSets().inNamespace(NAMESPACE).withName("demo-valkey").scale(replicas);
  }
}
