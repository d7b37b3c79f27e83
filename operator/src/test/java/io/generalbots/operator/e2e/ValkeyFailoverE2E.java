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

/**
 * Servers that come back with less than the others have: none of them may put old data over newer.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
@Thorough
class ValkeyFailoverE2E {

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final String NAMESPACE = "e2e-valkey-failover";
  private static final ValkeyCluster VALKEY = new ValkeyCluster(CLIENT, NAMESPACE);
  private static final ValkeyPods PODS = new ValkeyPods(CLIENT, NAMESPACE);
  private static final String KILL_SERVER = "kill -9 $(pgrep -x valkey-server)";

  @BeforeAll
  static void threeServers() {
    VALKEY.create(3);
    VALKEY.awaitReady(3, ofMinutes(2));
    PODS.command(PODS.primary(), "SET treasure old");
  }

  @AfterAll
  static void remove() {
    VALKEY.close();
  }

  /**
   * The primary's process is back long before the sentinels miss it, with the data of yesterday.
   */
  @Test
  @Order(1)
  void aPrimaryThatIsBackAtOnceWithOldDataOverwritesNothing() {
    var former = PODS.primary();
    PODS.shell(former, "cp -a /data /tmp/old");
    PODS.command(former, "SET treasure new");
    PODS.command(former, "WAIT 2 5000");
    PODS.shell(former, KILL_SERVER + "; rm -rf /data/*; cp -a /tmp/old/. /data");
    PODS.awaitPrimaryOtherThan(former, ofSeconds(15));
    assertNewerDataSurvived(former, "new");
  }

  /** It freezes, another one takes newer writes, and then it is back and believes to be primary. */
  @Test
  @Order(2)
  void aPrimaryThatReturnsAfterItsSuccessorTookWritesFollowsIt() {
    var former = PODS.primary();
    PODS.freeze(former);
    var next = PODS.awaitPrimaryOtherThan(former, ofSeconds(15));
    PODS.awaitWritable(ofSeconds(15));
    PODS.command(next, "SET treasure newer");
    PODS.thaw(former);
    VALKEY.awaitReady(3, ofMinutes(1));
    assertThat(PODS.primary()).isEqualTo(next);
    assertNewerDataSurvived(former, "newer");
  }

  /** The one with the old data comes back first, while those with the newer data are away. */
  @Test
  @Order(3)
  void aFormerPrimaryThatIsAloneWaitsForThoseWithNewerData() {
    var former = PODS.primary();
    PODS.freeze(former);
    var next = PODS.awaitPrimaryOtherThan(former, ofSeconds(15));
    PODS.awaitWritable(ofSeconds(15));
    PODS.command(next, "SET treasure newest");
    PODS.command(next, "WAIT 1 5000");
    PODS.killEverything();
    PODS.awaitWritable(ofMinutes(1));
    VALKEY.awaitReady(3, ofMinutes(1));
    assertNewerDataSurvived(former, "newest");
  }

  @Test
  @Order(4)
  void aLostVolumeIsFilledAgainFromTheOthers() {
    var primary = PODS.primary();
    PODS.lose(primary);
    VALKEY.awaitReady(3, ofMinutes(2));
    assertThat(PODS.primary()).isNotEqualTo(primary);
    assertNewerDataSurvived(primary, "newest");
  }

  @Test
  @Order(5)
  void aServerWhoseReloaderDiedStillLearnsOfAChangedPassword() {
    var primary = PODS.primary();
    PODS.shell(primary, "kill -9 $(pgrep -f reload.sh)");
    VALKEY.setPassword("changed");
    PODS.awaitPassword("changed", ofMinutes(1));
  }

  @Test
  @Order(6)
  void theWayOfKeepingDataChangesUnderThreeServersWithoutALoss() {
    var writer = VALKEY.write("mode", true);
    VALKEY.patch("{\"persistence\": {\"mode\": \"Snapshot\"}}");
    VALKEY.awaitReady(3, ofMinutes(3));
    assertThat(writer.report().lost()).isZero();
    assertThat(PODS.command(PODS.primary(), "GET treasure")).isEqualTo("newest");
  }

  @Test
  @Order(7)
  void serversInMemoryAloneKeepTheirDataFromOneToTheNextAndComeBackEmptyIfAllAreKilled() {
    VALKEY.patch("{\"persistence\": {\"mode\": \"Disabled\"}}");
    VALKEY.awaitReady(3, ofMinutes(3));
    assertThat(PODS.command(PODS.primary(), "GET treasure")).isEqualTo("newest");
    var former = PODS.primary();
    PODS.shell(former, KILL_SERVER);
    var next = PODS.awaitPrimaryOtherThan(former, ofSeconds(15));
    assertThat(PODS.command(next, "GET treasure")).isEqualTo("newest");
    VALKEY.awaitReady(3, ofMinutes(1));
    PODS.killEverything();
    PODS.awaitWritable(ofMinutes(3));
    VALKEY.awaitReady(3, ofMinutes(2));
  }

  private static void assertNewerDataSurvived(String former, String value) {
    assertThat(PODS.command(PODS.primary(), "GET treasure")).isEqualTo(value);
    PODS.awaitFollowing(former, ofMinutes(1));
    VALKEY.awaitReady(3, ofMinutes(1));
    assertThat(PODS.command(PODS.primary(), "GET treasure")).isEqualTo(value);
    assertThat(PODS.command(former, "GET treasure")).isEqualTo(value);
  }
}
