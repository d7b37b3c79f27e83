package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers come and go, and keys are replaced, while people are in a room. */
@Timeout(420)
@Thorough
class LiveKitDayTwoE2E {

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final LiveKitCluster LIVEKIT = new LiveKitCluster(CLIENT, "e2e-livekit-day-two");

  @BeforeAll
  static void twoServers() {
    LIVEKIT.create(
        String.join("\n    ", "replicas: 2", "drainSeconds: 240", "keyGraceSeconds: 90"));
    LIVEKIT.awaitReady(2, ofMinutes(5));
  }

  @AfterAll
  static void remove() {
    LIVEKIT.close();
  }

  @Test
  void aRoomGoesOnWhenTheOtherServerGoesAndWhenItsOwnIsReplaced() {
    var ann = LIVEKIT.join("ann", "hall", 200).in();
    var bob = LIVEKIT.join("bob", "hall", 200).sees("from-ann");
    var host = LIVEKIT.host();
    LIVEKIT.spare(host);
    LIVEKIT.patch("{\"replicas\": 1}");
    LIVEKIT.awaitReady(1, ofMinutes(2));
    assertThat(LIVEKIT.servers()).extracting(p -> p.getMetadata().getName()).containsExactly(host);
    bob.sees("from-ann", Instant.now());
    LIVEKIT.annotate("generalbots.io/restart", "\"1\"");
    var next = LIVEKIT.awaitServerOtherThan(host, ofMinutes(2));
    LIVEKIT.awaitReady(1, ofMinutes(2));
    var late = LIVEKIT.join("late", "hall", 30).sees("from-ann").sees("from-bob");
    var elsewhere = LIVEKIT.join("elsewhere", "kitchen", 30).in();
    assertThat(LIVEKIT.rooms(host)).as("rooms of the server that drains").isEqualTo(1);
    assertThat(LIVEKIT.rooms(next)).as("rooms of the new server").isEqualTo(1);
    assertThat(late.end(ofMinutes(1))).isZero();
    assertThat(elsewhere.end(ofMinutes(1))).isZero();
    assertThat(ann.end(ofMinutes(4))).isZero();
    assertThat(bob.end(ofMinutes(4))).isZero();
    var over = Instant.now();
    LIVEKIT.awaitGone(host, ofMinutes(1));
    System.out.printf(
        "drained: gone %d ms after the last left; ann: %s%n",
        Duration.between(over, Instant.now()).toMillis(), ann.reconnects());
    LIVEKIT.patch("{\"replicas\": 2}");
    LIVEKIT.awaitReady(2, ofMinutes(2));
  }

  @Test
  void aFormerKeyIsValidForAWhileAfterItWasReplaced() {
    var former = new Participant.Ticket("cellar", 10, LIVEKIT.key(), LIVEKIT.secret());
    var stays = LIVEKIT.join("stays", "garden", 60).in();
    LIVEKIT.annotate("generalbots.io/rotate", "\"1\"");
    LIVEKIT.awaitKeyOtherThan(former.key(), ofMinutes(3));
    var early = LIVEKIT.join("early", former).in();
    var fresh = LIVEKIT.join("fresh", "cellar", 10).in();
    assertThat(LIVEKIT.keys()).hasSize(2);
    assertThat(early.end(ofMinutes(1))).isZero();
    assertThat(fresh.end(ofMinutes(1))).isZero();
    assertThat(stays.end(ofMinutes(2))).isZero();
    var knowingBoth = LIVEKIT.servers();
    LIVEKIT.awaitOneKey(ofMinutes(3));
    LIVEKIT.awaitReplaced(knowingBoth, ofMinutes(3));
    assertThat(LIVEKIT.join("tardy", former).end(ofMinutes(1))).isEqualTo(1);
    assertThat(LIVEKIT.join("newcomer", "cellar", 5).in().end(ofMinutes(1))).isZero();
  }
}
