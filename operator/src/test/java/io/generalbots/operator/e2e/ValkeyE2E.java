package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A Valkey of one, three and two servers through what its days bring; each test builds on it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class ValkeyE2E {

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final String NAMESPACE = "e2e-valkey";
  private static final ValkeyCluster VALKEY = new ValkeyCluster(CLIENT, NAMESPACE);
  private static final ValkeyPods PODS = new ValkeyPods(CLIENT, NAMESPACE);

  @BeforeAll
  static void oneServer() {
    VALKEY.create(1);
    VALKEY.awaitReady(1, ofMinutes(2));
    PODS.command("demo-valkey-0", "SET treasure 42");
  }

  @AfterAll
  static void remove() {
    VALKEY.close();
  }

  @Test
  @Order(1)
  void growsFromOneToThreeWithoutAPauseAndServesWithAndWithoutTls() {
    var plain = VALKEY.write("grow-plain", false);
    var tls = VALKEY.write("grow-tls", true);
    VALKEY.patch("{\"replicas\": 3}");
    VALKEY.awaitReady(3, ofSeconds(90));
    var reports = List.of(plain.report(), tls.report());
    assertThat(reports).extracting(ValkeyWriter.Report::lost).containsOnly(0);
    reports.forEach(r -> Machine.assertWithin(r.gap(), 2, 10));
    assertThat(PODS.command("demo-valkey-2", "GET treasure")).isEqualTo("42");
  }

  @Test
  @Order(2)
  void aKilledPrimaryIsReplacedWithinTenSecondsUnderWriteLoad() {
    have(3);
    var writer = VALKEY.write("kill", false);
    var former = PODS.primary();
    PODS.kill(former);
    PODS.awaitPrimaryOtherThan(former, ofSeconds(20));
    var report = writer.report();
    // Replication is asynchronous: what was acknowledged in the last moment may be lost.
    Machine.assertWithin(report.gap(), 10, 20);
    assertThat(report.lost()).isLessThanOrEqualTo(report.written() / 100);
    VALKEY.awaitReady(3, ofMinutes(1));
    assertReturnedAsReplica(former);
  }

  @Test
  @Order(3)
  void aPrimaryThatReturnsWithAnEmptyVolumeOverwritesNothing() {
    have(3);
    var former = PODS.primary();
    PODS.shell(former, "rm -rf /data/*; kill -9 $(pgrep -x valkey-server)");
    var next = PODS.awaitPrimaryOtherThan(former, ofSeconds(15));
    assertThat(PODS.command(next, "GET treasure")).isEqualTo("42");
    VALKEY.awaitReady(3, ofMinutes(1));
    assertReturnedAsReplica(former);
  }

  @Test
  @Order(4)
  void allServersAndSentinelsKilledComeBackByThemselvesWithTheNewestData() {
    have(3);
    PODS.command(PODS.primary(), "SET last written");
    var start = Instant.now();
    PODS.killEverything();
    PODS.awaitWritable(ofMinutes(1));
    System.out.printf(
        "all killed: writable again after %s%n", Duration.between(start, Instant.now()));
    assertThat(PODS.command(PODS.primary(), "GET last")).isEqualTo("written");
    assertThat(PODS.command(PODS.primary(), "GET treasure")).isEqualTo("42");
    VALKEY.awaitReady(3, ofMinutes(1));
  }

  @Test
  @Order(5)
  void aDeletedPrimaryHandsOverAndLosesNothing() {
    have(3);
    var writer = VALKEY.write("hand-over", false);
    var former = PODS.primary();
    PODS.delete(former);
    PODS.awaitPrimaryOtherThan(former, ofSeconds(15));
    var report = writer.report();
    assertThat(report.lost()).isZero();
    Machine.assertWithin(report.gap(), 10, 20);
    VALKEY.awaitReady(3, ofMinutes(1));
  }

  @Test
  @Order(6)
  void aChangedPasswordWorksSoonAndDropsNeitherDataNorConnections() {
    var writer = VALKEY.write("password", false);
    VALKEY.setPassword("changed");
    PODS.awaitPassword("changed", ofMinutes(1));
    assertThat(VALKEY.published("uri")).contains(":changed@");
    var report = writer.report();
    assertThat(report.connections()).isEqualTo(1);
    assertThat(report.lost()).isZero();
    assertThat(PODS.command(PODS.primary(), "GET treasure")).isEqualTo("42");
  }

  @Test
  @Order(7)
  @Thorough
  void anImpossibleMemoryIsSurvivedAndForgottenWhenReverted() {
    have(3);
    VALKEY.patch("{\"memory\": \"%dGi\"}".formatted(VALKEY.tooMuchMemory()));
    VALKEY.awaitTrouble("Insufficient memory", ofMinutes(1));
    assertThat(PODS.command(PODS.primary(), "SET still serving")).isEqualTo("OK");
    VALKEY.patch("{\"memory\": \"64Mi\"}");
    VALKEY.awaitReady(3, ofMinutes(2));
  }

  @Test
  @Order(8)
  @Thorough
  void shrinksFromThreeToTwoAndNeverTakesThePrimaryBeforeAHandOver() {
    have(3);
    PODS.makePrimary("demo-valkey-2", ofMinutes(1));
    var writer = VALKEY.write("shrink", true);
    VALKEY.patch("{\"replicas\": 2}");
    VALKEY.awaitReady(2, ofMinutes(2));
    assertThat(PODS.primary()).isNotEqualTo("demo-valkey-2");
    assertThat(writer.report().lost()).isZero();
  }

  @Test
  @Order(9)
  void requiredTlsClosesThePlaintextPort() {
    have(2);
    VALKEY.patch("{\"tls\": {\"mode\": \"Required\"}}");
    VALKEY.awaitReady(2, ofMinutes(2));
    assertThat(VALKEY.write("required", true).report().lost()).isZero();
    assertThat(VALKEY.published("uri")).startsWith("rediss://");
    assertThat(PODS.command(PODS.primary(), "CONFIG GET port")).endsWith("0");
    assertThat(PODS.command(PODS.primary(), "GET treasure")).isEqualTo("42");
  }

  /** As the test before leaves it; one that runs again begins with a single server. */
  private static void have(int servers) {
    VALKEY.patch("{\"replicas\": %d}".formatted(servers));
    VALKEY.awaitReady(servers, ofMinutes(2));
  }

  private static void assertReturnedAsReplica(String former) {
    PODS.awaitFollowing(former, ofMinutes(1));
    assertThat(PODS.command(former, "DBSIZE")).isEqualTo(PODS.command(PODS.primary(), "DBSIZE"));
  }
}
