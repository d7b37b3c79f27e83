package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A Postgres of one, three and two servers through what its days bring; each test builds on it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class PostgresE2E {

  private static final Duration LIMIT = ofMinutes(3);
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final PostgresCluster POSTGRES = new PostgresCluster(CLIENT, "e2e-postgres");

  @BeforeAll
  static void oneServer() {
    POSTGRES.prepareNamespace();
    POSTGRES.create("{instances: 1, storage: {size: 1Gi}, pooler: {instances: 1}}");
    POSTGRES.awaitReady(1, LIMIT);
    POSTGRES.sql("demo-postgres-0", "CREATE TABLE treasure AS SELECT generate_series(1, 1000) n");
  }

  @AfterAll
  static void remove() {
    POSTGRES.close();
  }

  @AfterEach
  void nothingIsLost() {
    assertThat(POSTGRES.sql(POSTGRES.primary(), "SELECT count(*) FROM treasure")).isEqualTo("1000");
  }

  @Test
  @Order(1)
  void growsFromOneToThreeServers() {
    POSTGRES.patch("{\"postgres\":{\"instances\":3}}");
    POSTGRES.awaitReady(3, LIMIT);
    assertThat(POSTGRES.withRole("replica")).hasSize(2);
    assertThat(POSTGRES.sql("demo-postgres-2", "SELECT count(*) FROM treasure")).isEqualTo("1000");
  }

  @Test
  @Order(2)
  void commitsWaitForAStandby() {
    awaitSetting("synchronous_standby_names", names -> names.startsWith("ANY 1"));
  }

  @Test
  @Order(3)
  void aParameterIsReloadedWithoutARestart() {
    var before = pods();
    POSTGRES.patch("{\"postgres\":{\"parameters\":{\"work_mem\":\"8MB\"}}}");
    POSTGRES.awaitReady(3, LIMIT);
    awaitSetting("work_mem", "8MB");
    assertThat(pods()).isEqualTo(before);
  }

  @Test
  @Order(4)
  void aParameterThatNeedsARestartIsRolledOutToTheReplicasFirst() {
    var former = POSTGRES.primary();
    POSTGRES.patch("{\"postgres\":{\"parameters\":{\"shared_buffers\":\"64MB\"}}}");
    POSTGRES.awaitTold("RollingOut", LIMIT);
    POSTGRES.awaitReady(3, LIMIT);
    assertEverywhere("shared_buffers", "64MB");
    assertThat(POSTGRES.primary()).isNotEqualTo(former);
  }

  @Test
  @Order(5)
  void lessConnectionsStartWithThePrimaryAndKeepIt() {
    var former = POSTGRES.primary();
    POSTGRES.patch("{\"postgres\":{\"parameters\":{\"max_connections\":\"120\"}}}");
    POSTGRES.awaitTold("RollingOut", LIMIT);
    POSTGRES.awaitReady(3, LIMIT);
    assertEverywhere("max_connections", "120");
    assertThat(POSTGRES.primary()).isEqualTo(former);
  }

  @Test
  @Order(6)
  @Thorough
  void aParameterThatKeepsAServerFromStartingIsUndoneByTakingItBack() {
    POSTGRES.patch("{\"postgres\":{\"parameters\":{\"shared_buffers\":\"100GB\"}}}");
    POSTGRES.awaitTold("start failed", LIMIT);
    POSTGRES.patch("{\"postgres\":{\"parameters\":{\"shared_buffers\":\"64MB\"}}}");
    POSTGRES.awaitReady(3, LIMIT);
  }

  @Test
  @Order(7)
  @Thorough
  void anImageThatDoesNotExistIsUndoneByTakingItBack() {
    POSTGRES.patch("{\"images\":{\"postgres\":\"generalbots/postgres:none\"}}");
    POSTGRES.awaitTold("Pull", LIMIT);
    POSTGRES.patch("{\"images\":{\"postgres\":null}}");
    POSTGRES.awaitReady(3, LIMIT);
  }

  @Test
  @Order(8)
  @Thorough
  void aRestartIsRolledOutToEveryServer() {
    var before = pods();
    POSTGRES.annotate("generalbots.io/restart", "once");
    POSTGRES.awaitTold("RollingOut", LIMIT);
    POSTGRES.awaitReady(3, LIMIT);
    assertThat(pods()).doesNotContainAnyElementsOf(before);
  }

  @Test
  @Order(9)
  void aSwitchoverThatIsAskedForHappensOnce() {
    var target = POSTGRES.withRole("replica").get(0);
    POSTGRES.annotate("generalbots.io/switchover", target);
    POSTGRES.awaitPrimary(target, LIMIT);
    POSTGRES.awaitReady(3, LIMIT);
    assertThat(POSTGRES.primary()).isEqualTo(target);
  }

  @Test
  @Order(10)
  @Thorough
  void volumesGrowUnderTheRunningServers() {
    var before = pods();
    POSTGRES.patch("{\"postgres\":{\"storage\":{\"size\":\"2Gi\"}}}");
    POSTGRES.awaitReady(3, LIMIT);
    assertThat(POSTGRES.claims())
        .extracting(c -> c.getStatus().getCapacity().get("storage"))
        .containsOnly(new Quantity("2Gi"));
    assertThat(pods()).isEqualTo(before);
  }

  @Test
  @Order(11)
  @Thorough
  void aLostVolumeIsClonedAgain() {
    var replica = POSTGRES.withRole("replica").get(0);
    POSTGRES.loseVolume(replica);
    POSTGRES.awaitReady(3, LIMIT);
    assertThat(POSTGRES.sql(replica, "SELECT count(*) FROM treasure")).isEqualTo("1000");
  }

  @Test
  @Order(12)
  void allServersKilledComeBackByThemselves() {
    POSTGRES.killEverything();
    POSTGRES.awaitReady(3, ofMinutes(2));
  }

  @Test
  @Order(13)
  @Thorough
  void shrinksToTwoServersWithoutEverTakingThePrimaryAndKeepsTheVolume() {
    POSTGRES.annotate("generalbots.io/switchover", "demo-postgres-2");
    POSTGRES.awaitPrimary("demo-postgres-2", LIMIT);
    POSTGRES.awaitReady(3, LIMIT);
    POSTGRES.patch("{\"postgres\":{\"instances\":2}}");
    POSTGRES.awaitReady(2, LIMIT);
    assertThat(POSTGRES.primary()).isNotEqualTo("demo-postgres-2");
    assertThat(claims()).contains("data-demo-postgres-2");
  }

  @Test
  @Order(14)
  @Thorough
  void sleepsAndWakesWithItsData() {
    POSTGRES.patch("{\"hibernate\":true}");
    POSTGRES.awaitTold("Hibernated", LIMIT);
    assertThat(POSTGRES.servers()).isEmpty();
    assertThat(claims()).hasSize(3);
    POSTGRES.patch("{\"hibernate\":false}");
    POSTGRES.awaitReady(2, LIMIT);
  }

  @Test
  @Order(15)
  @Thorough
  void aClusterMadeAgainUnderItsNameFindsItsData() {
    var password = POSTGRES.secret("-app").getData().get("password");
    POSTGRES.delete();
    assertThat(claims()).hasSize(3);
    POSTGRES.create("{instances: 2, storage: {size: 2Gi}, pooler: {instances: 1}}");
    POSTGRES.awaitReady(2, LIMIT);
    assertThat(POSTGRES.secret("-app").getData()).containsEntry("password", password);
  }

  private static Set<String> pods() {
    return POSTGRES.servers().stream()
        .map(Pod::getMetadata)
        .map(m -> m.getUid())
        .collect(Collectors.toSet());
  }

  private static Set<String> claims() {
    return POSTGRES.claims().stream()
        .map(PersistentVolumeClaim::getMetadata)
        .map(m -> m.getName())
        .collect(Collectors.toSet());
  }

  private static void assertEverywhere(String parameter, String value) {
    assertThat(POSTGRES.servers())
        .extracting(p -> POSTGRES.sql(p.getMetadata().getName(), "SHOW " + parameter))
        .containsOnly(value);
  }

  /** There is no event to wait for inside of a server: asks it again. */
  private static void awaitSetting(String parameter, String value) {
    awaitSetting(parameter, value::equals);
  }

  private static void awaitSetting(String parameter, Predicate<String> expected) {
    var primary = POSTGRES.primary();
    var query = "SELECT current_setting('%s') FROM pg_sleep(0.3)".formatted(parameter);
    assertThat(Stream.generate(() -> POSTGRES.sql(primary, query)).limit(60).anyMatch(expected))
        .as("%s becomes as expected", parameter)
        .isTrue();
  }
}
