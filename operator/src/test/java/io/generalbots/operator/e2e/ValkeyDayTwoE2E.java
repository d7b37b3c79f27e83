package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** The data of a Valkey through every change that touches its volumes; each test builds on it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
@Thorough
class ValkeyDayTwoE2E {

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final String NAMESPACE = "e2e-valkey-day-two";
  private static final ValkeyCluster VALKEY = new ValkeyCluster(CLIENT, NAMESPACE);
  private static final ValkeyPods PODS = new ValkeyPods(CLIENT, NAMESPACE);
  private static final String WITHOUT_TLS = "tls: {mode: Disabled},";

  @BeforeAll
  static void oneServerWithoutTls() {
    VALKEY.create(1, WITHOUT_TLS);
    VALKEY.awaitReady(1, ofMinutes(2));
    PODS.command("demo-valkey-0", "SET treasure 42");
  }

  @AfterAll
  static void remove() {
    VALKEY.close();
  }

  @Test
  @Order(1)
  void withoutTlsOnlyThePlaintextPortIsOffered() {
    assertThat(VALKEY.write("plain", false).report().lost()).isZero();
    assertThat(VALKEY.published("uri")).startsWith("redis://");
    assertThat(VALKEY.secret().getData()).doesNotContainKeys("tls-port", "tls-uri");
    assertThat(PODS.servicePorts()).containsExactly(6379);
  }

  @Test
  @Order(2)
  void volumesGrowUnderTheRunningServer() {
    var pods = PODS.uids();
    var larger = VALKEY.tooMuchMemory() + 2 + "Gi";
    var writer = VALKEY.write("volume", false);
    VALKEY.patch("{\"persistence\": {\"size\": \"%s\"}}".formatted(larger));
    VALKEY.awaitReady(1, ofMinutes(1));
    assertThat(PODS.volumeSizes()).containsExactly(larger);
    var report = writer.report();
    assertThat(report.connections()).isEqualTo(1);
    assertThat(report.lost()).isZero();
    assertThat(PODS.uids()).isEqualTo(pods);
  }

  @Test
  @Order(3)
  void aLoneServerKeepsItsDataWhenTheWayOfKeepingItChanges() {
    change("Snapshot");
    assertThat(PODS.command("demo-valkey-0", "CONFIG GET appendonly")).endsWith("no");
    assertThat(PODS.shell("demo-valkey-0", "ls /data")).contains("dump.rdb");
    PODS.command("demo-valkey-0", "SET second 43");
    change("AppendOnly");
    assertThat(PODS.command("demo-valkey-0", "CONFIG GET appendonly")).endsWith("yes");
    PODS.command("demo-valkey-0", "SET third 44");
    PODS.replace("demo-valkey-0");
    PODS.awaitWritable(ofMinutes(1));
    assertThat(PODS.command("demo-valkey-0", "MGET treasure second third")).isEqualTo("42\n43\n44");
  }

  private static void change(String mode) {
    VALKEY.patch("{\"persistence\": {\"mode\": \"%s\"}}".formatted(mode));
    VALKEY.awaitReady(1, ofMinutes(2));
    PODS.awaitMode(mode, ofMinutes(1));
    assertThat(PODS.command("demo-valkey-0", "GET treasure")).isEqualTo("42");
  }

  @Test
  @Order(4)
  void goesFromOneToThreeToTwoToOneAndLosesNothing() {
    var writer = VALKEY.write("scale", false);
    VALKEY.patch("{\"replicas\": 3}");
    VALKEY.awaitReady(3, ofMinutes(2));
    PODS.makePrimary("demo-valkey-1", ofMinutes(2));
    VALKEY.patch("{\"replicas\": 2}");
    VALKEY.awaitReady(2, ofMinutes(2));
    VALKEY.patch("{\"replicas\": 1}");
    VALKEY.awaitReady(1, ofMinutes(2));
    assertThat(PODS.primary()).isEqualTo("demo-valkey-0");
    PODS.awaitWritable(ofSeconds(30));
    assertThat(writer.report().lost()).isZero();
    assertThat(PODS.command("demo-valkey-0", "GET treasure")).isEqualTo("42");
    assertThat(PODS.sentinels()).isZero();
  }

  @Test
  @Order(5)
  void hibernatesAndWakesWithTheData() {
    VALKEY.patch("{\"replicas\": 3}");
    VALKEY.awaitReady(3, ofMinutes(2));
    PODS.command(PODS.primary(), "SET evening 1");
    VALKEY.hibernate(true);
    PODS.awaitNone(ofMinutes(2));
    VALKEY.hibernate(false);
    VALKEY.awaitReady(3, ofMinutes(2));
    assertThat(PODS.command(PODS.primary(), "MGET treasure evening")).isEqualTo("42\n1");
  }

  @Test
  @Order(6)
  void aClusterOfTheSameNameFindsTheDataAndThePasswordOfTheDeletedOne() {
    PODS.makePrimary("demo-valkey-1", ofMinutes(2));
    PODS.command("demo-valkey-1", "SET will 1");
    var password = VALKEY.published("password");
    VALKEY.delete();
    VALKEY.start(3, WITHOUT_TLS);
    VALKEY.awaitReady(3, ofMinutes(3));
    assertThat(PODS.command(PODS.primary(), "MGET treasure will")).isEqualTo("42\n1");
    assertThat(VALKEY.published("password")).isEqualTo(password);
  }
}
