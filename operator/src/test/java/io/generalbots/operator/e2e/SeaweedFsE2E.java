package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of the object store meet, whatever becomes of its pods; each test builds on it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(600)
class SeaweedFsE2E {

  private static final String NAMESPACE = "e2e-seaweedfs";
  private static final int OBJECTS = 12;
  private static final String CONTROL = "control.gbai";

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final SeaweedCluster DRIVE = new SeaweedCluster(CLIENT, NAMESPACE);
  private static final Connections CONNECTIONS = new Connections(CLIENT, NAMESPACE);
  private static final S3Pod S3 = new S3Pod(CLIENT, NAMESPACE);

  @BeforeAll
  static void asItIsByDefault() {
    DRIVE.stage().prepare();
    DRIVE.create();
    DRIVE.awaitReady(ofMinutes(8));
    S3.start();
    assertThat(S3.fill(OBJECTS)).isEmpty();
  }

  @AfterAll
  static void remove() {
    S3.remove();
    DRIVE.close();
  }

  @Test
  @Order(1)
  void whatWasPutIsGivenBackWithAndWithoutTls() {
    assertThat(S3.verify()).isEmpty();
    var byTls =
        "printf %s \"$CA\" >ca.crt; s3 --cacert ca.crt \"$TLS_ENDPOINT/$BUCKET/o1\" | cmp - made/o1 && echo same";
    assertThat(S3.run(byTls)).isEqualTo("same");
  }

  @Test
  @Order(2)
  void nobodyComesInWithoutAnIdentityOrWithAWrongKey() {
    assertThat(S3.run("code s3 \"$ENDPOINT/$BUCKET/o1\"")).isEqualTo("200");
    assertThat(S3.run("code curl -s \"$ENDPOINT/$BUCKET/o1\"")).isEqualTo("403");
    assertThat(S3.run("code curl -s \"$ENDPOINT/\"")).isEqualTo("403");
    assertThat(S3.run("code curl -s -X PUT \"$ENDPOINT/open.gbai\"")).isEqualTo("403");
    assertThat(S3.run("SECRET=wrong; code s3 \"$ENDPOINT/$BUCKET/o1\"")).isEqualTo("403");
    assertThat(S3.run("ACCESS=nobody; code s3 \"$ENDPOINT/$BUCKET/o1\"")).isEqualTo("403");
  }

  @Test
  @Order(2)
  void theSettingsInForceAreInTheFolderOfTheDefaultBotBesideWhatOthersWroteThere() {
    var file = "\"$ENDPOINT/$BUCKET/default.gbot/config.csv\"";
    S3.until("s3 %s | grep -c 'END BotCluster demo'".formatted(file), "1", ofMinutes(1));
    assertThat(S3.run("s3 " + file)).contains("drive-encryption-type,");
    assertThat(
            S3.run(
                "(s3 %1$s; printf '\\nsystem-prompt,be brief, and kind') >mine.csv; code s3 -T mine.csv %1$s"
                    .formatted(file)))
        .isEqualTo("200");
    DRIVE.patchSpec("{\"autoscaling\": {\"maxReplicas\": 7}}");
    S3.until("s3 %s | grep -c '^scale-max-instances,7'".formatted(file), "1", ofMinutes(1));
    assertThat(S3.run("s3 " + file))
        .contains("\n# END BotCluster demo")
        .endsWith("\nsystem-prompt,be brief, and kind");
  }

  @Test
  @Order(3)
  void whatIsPutIntoTheDefaultBucketIsNowhereOnADiskInClear() {
    var secret = S3.run("openssl rand -hex 32 | sed s/^/secret-/ | tee secret.txt");
    var control = S3.run("openssl rand -hex 32 | sed s/^/control-/ | tee control.txt");
    assertThat(S3.run("code s3 -X PUT \"$ENDPOINT/%s\"".formatted(CONTROL))).isEqualTo("200");
    assertThat(S3.run("code s3 -T control.txt \"$ENDPOINT/%s/c\"".formatted(CONTROL)))
        .isEqualTo("200");
    assertThat(S3.run("code s3 -T secret.txt \"$ENDPOINT/$BUCKET/s\"")).isEqualTo("200");
    assertThat(S3.run("s3 \"$ENDPOINT/$BUCKET/s\"")).isEqualTo(secret);
    assertThat(S3.run("s3 -I \"$ENDPOINT/$BUCKET/s\"").toLowerCase(Locale.ROOT))
        .contains("x-amz-server-side-encryption: aes256");
    assertThat(DRIVE.serversThatHold(control)).as("with replication 001").isEqualTo(2);
    assertThat(DRIVE.serversThatHold(secret)).isZero();
  }

  @Test
  @Order(4)
  void aStrangerReachesTheGatewaysOnly() {
    var gateway = DRIVE.pods("s3").get(0).getStatus().getPodIP();
    assertThat(CONNECTIONS.reaches(S3Pod.NAME, gateway, 8333)).isTrue();
    assertThat(CONNECTIONS.reaches(S3Pod.NAME, gateway, 8334)).isTrue();
    assertThat(CONNECTIONS.reaches(S3Pod.NAME, gateway, 18333)).isFalse();
    assertClosed("demo-seaweedfs-master-0", 9333);
    assertClosed("demo-seaweedfs-volume-0", 8080);
    assertClosed("demo-seaweedfs-filer-0", 8888);
  }

  /** Closed to a stranger, and open to a filer, so that the try can succeed. */
  private static void assertClosed(String pod, int port) {
    var address = CONNECTIONS.address(pod);
    assertThat(CONNECTIONS.reaches("demo-seaweedfs-filer-1", address, port)).isTrue();
    assertThat(CONNECTIONS.reaches(S3Pod.NAME, address, port)).isFalse();
    assertThat(CONNECTIONS.reaches(S3Pod.NAME, address, port + 10_000)).isFalse();
  }

  @ParameterizedTest
  @Order(5)
  @ValueSource(strings = {"seaweedfs-master", "seaweedfs-volume", "seaweedfs-filer", "s3"})
  void noReadFailsWhenAPodIsKilled(String component) throws Exception {
    var victim = DRIVE.pods(component).get(0);
    DRIVE.awaitWhole(ofMinutes(2));
    S3.startReading();
    S3.until("[[ $(wc -l <reads) -gt 20 ]] && echo yes", "yes", ofMinutes(1));
    DRIVE.replace(victim, ofMinutes(4));
    var report = S3.stopReading();
    System.out.printf("killed %s: %s%n", victim.getMetadata().getName(), report);
    assertThat(report).startsWith("reads: ");
  }

  @Test
  @Order(6)
  void aChangedPasswordWorksSoonAndRestartsNothing() {
    var before = DRIVE.uids("s3");
    DRIVE.setPassword("changedPassword1234567890");
    var each =
        DRIVE.pods("s3").stream()
            .map(
                p ->
                    "SECRET=changedPassword1234567890 ENDPOINT=http://%s:8333; code s3 \"$ENDPOINT/$BUCKET/o1\""
                        .formatted(p.getStatus().getPodIP()))
            .toList();
    each.forEach(command -> S3.until(command, "200", ofMinutes(2)));
    assertThat(S3.run("code s3 \"$ENDPOINT/$BUCKET/o1\"")).isEqualTo("403");
    assertThat(DRIVE.uids("s3")).isEqualTo(before);
    S3.start();
    assertThat(S3.fill(OBJECTS)).isEmpty();
  }

  @Test
  @Order(7)
  void twoOfThreeVolumeServersStayWithAllObjects() {
    S3.startReading();
    DRIVE.patch("{\"volumes\": {\"replicas\": 2}}");
    DRIVE.awaitReady(ofMinutes(5));
    var report = S3.stopReading();
    System.out.printf("three to two: %s%n", report);
    DRIVE.awaitGone("demo-seaweedfs-volume-2", ofMinutes(1));
    assertThat(report).startsWith("reads: ");
    assertThat(DRIVE.uids("seaweedfs-volume"))
        .containsOnlyKeys("demo-seaweedfs-volume-0", "demo-seaweedfs-volume-1");
    assertThat(DRIVE.pods("seaweedfs-drain")).allMatch(p -> p.isMarkedForDeletion());
    assertThat(S3.verify()).isEmpty();
  }

  /** Two servers take 128 volumes each, and a bucket of two copies takes one of both. */
  @Test
  @Order(8)
  @Thorough
  void fewVolumesThatAreLeftAreToldAndMoreServersHaveRoom() {
    var fill =
        "for i in $(seq %d %d); do s3 -X PUT \"$ENDPOINT/room-$i\"; s3 -T made/o1 \"$ENDPOINT/room-$i/o\"; done";
    S3.run(fill.formatted(1, 118), ofMinutes(4));
    var told = DRIVE.await(c -> c.getReason().startsWith("VolumeSlots"), ofMinutes(2));
    System.out.println(told.getMessage());
    assertThat(told.getMessage())
        .contains(" of 256 volumes")
        .contains("spec.seaweedfs.volumes.replicas");
    DRIVE.patch("{\"volumes\": {\"replicas\": 3}}");
    DRIVE.await(c -> "Ready".equals(c.getReason()), ofMinutes(4));
  }

  @Test
  @Order(9)
  @Thorough
  void afterASleepAllObjectsAreThere() {
    DRIVE.patchSpec("{\"hibernate\": true}");
    Stream.of("s3", "seaweedfs-filer", "seaweedfs-volume", "seaweedfs-master", "postgres")
        .forEach(component -> DRIVE.awaitNone(component, ofMinutes(3)));
    DRIVE.patchSpec("{\"hibernate\": false}");
    DRIVE.awaitReady(ofMinutes(8));
    S3.until("code s3 \"$ENDPOINT/$BUCKET/o1\"", "200", ofMinutes(1));
    assertThat(S3.verify()).isEmpty();
  }

  @Test
  @Order(10)
  @Thorough
  void aClusterOfTheSameNameFindsTheObjectsOfTheDeletedOne() {
    DRIVE.delete();
    DRIVE.create();
    DRIVE.awaitReady(ofMinutes(8));
    S3.until("code s3 \"$ENDPOINT/$BUCKET/o1\"", "200", ofMinutes(1));
    assertThat(S3.verify()).isEmpty();
  }

  @Test
  @Order(11)
  @Thorough
  void disksGrowUnderTheObjects() {
    S3.startReading();
    DRIVE.patch("{\"volumes\": {\"storage\": {\"size\": \"2Gi\"}}}");
    DRIVE.awaitReady(ofMinutes(6));
    var report = S3.stopReading();
    System.out.printf("larger disks: %s%n", report);
    assertThat(DRIVE.capacities("seaweedfs-volume")).hasSize(3).containsOnly("2Gi");
    assertThat(report).startsWith("reads: ");
    assertThat(S3.verify()).isEmpty();
  }
}
