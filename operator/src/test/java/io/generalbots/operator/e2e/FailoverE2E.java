package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The primary ends in each of the ways it can while clients write through the pooler: no
 * acknowledged row may be lost, and none of the ends may keep clients waiting for long. How long
 * they usually wait, {@code dev/bench failover} measures.
 */
@Timeout(240)
@Thorough
class FailoverE2E {

  private static final String NAMESPACE = "e2e-failover";

  /** Seconds in which clients may go without an answer. */
  private static final double HAND_OVER_LIMIT = 6;

  private static final double CRASH_LIMIT = 20;

  private static final String STARTED = "SELECT pg_postmaster_start_time()";

  private static final String AWAIT_STARTED_ANEW =
      "until now=$(psql -U postgres -d botserver -Atqc '"
          + STARTED
          + "' 2>/dev/null) && [[ $now != \"$1\" ]]; do sleep 0.2; done";

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
  }

  @BeforeEach
  void allServersReady() {
    POSTGRES.awaitReady(3, ofMinutes(2));
  }

  @Test
  void noRowIsLostWhenThePrimaryPodIsDeleted() {
    losesNothing(pod -> replace(pod, PodResource::delete), HAND_OVER_LIMIT);
  }

  @Test
  void noRowIsLostWhenThePrimaryPodVanishes() {
    losesNothing(pod -> replace(pod, p -> p.withGracePeriod(0).delete()), HAND_OVER_LIMIT);
  }

  @Test
  void noRowIsLostWhenEveryProcessOfThePrimaryIsKilled() {
    losesNothing(FailoverE2E::killEverything, CRASH_LIMIT);
  }

  @Test
  void noRowIsLostWhenThePrimaryIsTerminated() {
    losesNothing(pod -> replace(pod, p -> signal(p, "kill -TERM 1")), CRASH_LIMIT);
  }

  @Test
  void aPlannedSwitchoverFailsNoTransaction() {
    var writers = Writers.start(CLIENT, NAMESPACE);
    var candidate = POSTGRES.withRole("replica").get(0);
    POSTGRES.annotate("generalbots.io/switchover", candidate);
    POSTGRES.awaitPrimary(candidate, ofMinutes(1));
    var report = writers.report();
    assertThat(report.errors()).isEmpty();
    assertThat(report.lost()).isZero();
  }

  /**
   * Has writers write meanwhile.
   *
   * @param end ends the primary in this pod and waits until that server is back
   * @param limit seconds in which they may go without an answer
   */
  private static void losesNothing(Consumer<PodResource> end, double limit) {
    var writers = Writers.start(CLIENT, NAMESPACE);
    end.accept(CLIENT.pods().inNamespace(NAMESPACE).withName(POSTGRES.primary()));
    var report = writers.report();
    assertThat(report.lost()).isZero();
    assertThat(report.acknowledged()).as("so that there was something to lose").isGreaterThan(20);
    Machine.assertWithin(report.longestGap(), limit, CRASH_LIMIT);
  }

  private static void replace(PodResource pod, Consumer<PodResource> end) {
    var before = pod.require();
    end.accept(pod);
    POSTGRES.awaitBack(before);
  }

  /** The first process of the container survives that, so only PostgreSQL tells that it is new. */
  private static void killEverything(PodResource pod) {
    var name = pod.require().getMetadata().getName();
    var before = POSTGRES.sql(name, STARTED);
    signal(pod, "kill -9 -1");
    POSTGRES.exec(name, "bash", "-c", AWAIT_STARTED_ANEW, "await", before);
  }

  /** The exec ends with the processes it kills, so its own end tells nothing. */
  private static void signal(PodResource pod, String command) {
    try (var exec = pod.exec("bash", "-c", command)) {
      exec.exitCode().completeOnTimeout(0, 5, TimeUnit.SECONDS).exceptionally(e -> 0).join();
    }
  }
}
