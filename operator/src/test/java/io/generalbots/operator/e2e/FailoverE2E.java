package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The primary ends in each of the ways it can while clients write through the pooler. How long the
 * gap is, {@code dev/bench failover} measures; here no acknowledged row may be lost.
 */
@Timeout(240)
class FailoverE2E {

  private static final String NAMESPACE = "e2e-failover";
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final PostgresCluster POSTGRES = new PostgresCluster(CLIENT, NAMESPACE);

  @BeforeAll
  static void threeServersBehindTwoPoolers() {
    POSTGRES.prepareNamespace();
    POSTGRES.create("{instances: 3, storage: {size: 1Gi}, pooler: {instances: 2}}");
    POSTGRES.awaitReady(3, ofMinutes(3));
    CLIENT
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withName("demo-pooler")
        .waitUntilReady(90, TimeUnit.SECONDS);
  }

  @AfterAll
  static void remove() {
    POSTGRES.close();
    CLIENT.close();
  }

  @BeforeEach
  void allServersReady() {
    POSTGRES.awaitReady(3, ofMinutes(2));
  }

  @Test
  void noRowIsLostWhenThePrimaryPodIsDeleted() {
    var writers = Writers.start(CLIENT, NAMESPACE, 40);
    CLIENT.pods().inNamespace(NAMESPACE).withName(POSTGRES.primary()).delete();
    assertNothingLost(writers);
  }

  @Test
  void noRowIsLostWhenThePrimaryPodVanishes() {
    var writers = Writers.start(CLIENT, NAMESPACE, 60);
    CLIENT.pods().inNamespace(NAMESPACE).withName(POSTGRES.primary()).withGracePeriod(0).delete();
    assertNothingLost(writers);
  }

  @Test
  void noRowIsLostWhenEveryProcessOfThePrimaryIsKilled() {
    var writers = Writers.start(CLIENT, NAMESPACE, 60);
    signal("kill -9 -1");
    assertNothingLost(writers);
  }

  @Test
  void noRowIsLostWhenThePrimaryIsTerminated() {
    var writers = Writers.start(CLIENT, NAMESPACE, 40);
    signal("kill -TERM 1");
    assertNothingLost(writers);
  }

  @Test
  void aPlannedSwitchoverFailsNoTransaction() {
    var writers = Writers.start(CLIENT, NAMESPACE, 30);
    var candidate = POSTGRES.withRole("replica").get(0);
    POSTGRES.annotate("generalbots.io/switchover", candidate);
    POSTGRES.awaitPrimary(candidate, ofMinutes(1));
    var report = writers.report();
    assertThat(report.errors()).isEmpty();
    assertThat(report.lost()).isZero();
  }

  private static void assertNothingLost(Writers writers) {
    var report = writers.report();
    assertThat(report.lost()).isZero();
    assertThat(report.acknowledged()).isGreaterThan(100);
  }

  /** The exec ends with the processes it kills, so its own end tells nothing. */
  private static void signal(String command) {
    try (var exec =
        CLIENT
            .pods()
            .inNamespace(NAMESPACE)
            .withName(POSTGRES.primary())
            .exec("bash", "-c", command)) {
      exec.exitCode().completeOnTimeout(0, 5, TimeUnit.SECONDS).exceptionally(e -> 0).join();
    }
  }
}
