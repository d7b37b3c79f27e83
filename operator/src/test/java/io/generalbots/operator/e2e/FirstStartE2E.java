package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** First starts that are cut off before there is a cluster, and get well without help. */
@Timeout(400)
@Thorough
class FirstStartE2E {

  private static final String NAMESPACE = "e2e-first-start";
  private static final Duration LIMIT = ofMinutes(3);
  private static final String FIRST = "demo-postgres-0";
  private static final String DATA = "/var/lib/postgresql/data";

  /** Ends when Patroni makes a cluster, or has made one. */
  private static final String AWAIT_INITDB =
      "until [[ -e /var/lib/postgresql/first-start || -e %s/PG_VERSION ]]; do sleep 0.02; done; "
          .formatted(DATA);

  /** Ends when there is something to be set aside, long before it is whole. */
  private static final String AWAIT_DATA =
      "until [[ -e %s/PG_VERSION ]]; do sleep 0.02; done; ".formatted(DATA);

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final PostgresCluster POSTGRES = new PostgresCluster(CLIENT, NAMESPACE);

  @BeforeEach
  void nothing() {
    POSTGRES.prepareNamespace();
  }

  @AfterEach
  void remove() {
    POSTGRES.close();
  }

  @Test
  void aParameterThatKeepsTheFirstServerFromStartingIsUndoneByTakingItBack() {
    POSTGRES.create(
        "{instances: 3, storage: {size: 1Gi}, parameters: {shared_buffers: 100GB}, "
            + "pooler: {instances: 1}}");
    POSTGRES.awaitTold("CrashLoopBackOff", ofMinutes(2));
    POSTGRES.patch("{\"postgres\":{\"parameters\":{\"shared_buffers\":\"64MB\"}}}");
    POSTGRES.awaitReady(3, LIMIT);
    assertThat(POSTGRES.sql(POSTGRES.primary(), "SHOW shared_buffers")).isEqualTo("64MB");
  }

  @Test
  void aServerKilledWhileItMakesTheClusterBeginsAnew() {
    cutOff(AWAIT_DATA + "kill -9 -1");
    assertThat(POSTGRES.exec(FIRST, "ls", DATA + ".interrupted.1")).contains("PG_VERSION");
  }

  @Test
  void aServerKilledAfterItMadeTheDataKeepsItOrBeginsAnew() {
    cutOff("sleep 2; kill -9 -1");
  }

  @Test
  void aPodDeletedWhileItMakesTheClusterBeginsAnew() {
    POSTGRES.create("{instances: 1, storage: {size: 1Gi}, pooler: {instances: 1}}");
    awaitRunning();
    POSTGRES.exec(FIRST, "bash", "-c", AWAIT_INITDB);
    CLIENT.pods().inNamespace(NAMESPACE).withName(FIRST).withGracePeriod(0).delete();
    assertWhole();
  }

  private static void cutOff(String how) {
    POSTGRES.create("{instances: 1, storage: {size: 1Gi}, pooler: {instances: 1}}");
    awaitRunning();
    POSTGRES.exec(FIRST, "bash", "-c", AWAIT_INITDB + how);
    assertWhole();
  }

  private static void awaitRunning() {
    CLIENT
        .pods()
        .inNamespace(NAMESPACE)
        .withName(FIRST)
        .waitUntilCondition(
            p -> p != null && "Running".equals(p.getStatus().getPhase()), 90, TimeUnit.SECONDS);
  }

  /** Everything a first start makes is there, and standbys can follow. */
  private static void assertWhole() {
    POSTGRES.awaitReady(1, LIMIT);
    var extensions = "SELECT count(*) FROM pg_extension WHERE extname IN ('vector', 'pgcrypto')";
    assertThat(POSTGRES.sql(FIRST, extensions)).isEqualTo("2");
    POSTGRES.patch("{\"postgres\":{\"instances\":2}}");
    POSTGRES.awaitReady(2, LIMIT);
  }
}
