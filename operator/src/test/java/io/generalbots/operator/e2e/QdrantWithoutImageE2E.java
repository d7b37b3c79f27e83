package io.generalbots.operator.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.api.v1alpha1.cluster.ComponentStatus;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A BotCluster asks for a Qdrant whose image nobody can pull. */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Thorough
class QdrantWithoutImageE2E {

  private static final String NAMESPACE = "e2e-qdrant-without-image";

  /** Nobody listens there: the kubelet is refused at once. */
  private static final String NOWHERE = "127.0.0.1:1/qdrant:none";

  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Predicate<Condition> TRUE = c -> "True".equals(c.getStatus());

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final QdrantCluster CLUSTER = new QdrantCluster(CLIENT, NAMESPACE);

  @BeforeAll
  static void oneOfEach() {
    var resources = "resources: {requests: {cpu: 10m, memory: 32Mi}}";
    CLUSTER.create(
        """
        images: {qdrant: "%s"}
        qdrant: {replicas: 1, replicationFactor: 1, storage: {size: 1Gi}, %s}
        postgres: {instances: 1, storage: {size: 1Gi}, pooler: {instances: 1}}
        valkey: {replicas: 1, memory: 64Mi}
        """
            .formatted(NOWHERE, resources));
  }

  @AfterAll
  static void remove() {
    CLUSTER.close();
  }

  @Test
  @Order(1)
  void everythingElseBecomesReadyAndOneConditionSaysWhatIsMissing() {
    var told = CLUSTER.await("QdrantReady", c -> "ImageUnavailable".equals(c.getReason()), LIMIT);
    assertThat(told.getStatus()).isEqualTo("False");
    assertThat(told.getMessage()).contains(NOWHERE, "demo-qdrant-0");
    CLUSTER.await("PostgresReady", TRUE, LIMIT);
    CLUSTER.await("PoolerReady", TRUE, LIMIT);
    CLUSTER.await("ValkeyReady", TRUE, LIMIT);
    CLUSTER.await("Available", TRUE, LIMIT);
    var ready = CLUSTER.told("Ready");
    assertThat(ready.getStatus()).isEqualTo("False");
    assertThat(ready.getReason()).isEqualTo("ImageUnavailable");
    assertThat(CLUSTER.resource().require().getStatus().components())
        .filteredOn(c -> "qdrant".equals(c.name()))
        .extracting(ComponentStatus::summary)
        .containsExactly("0/1");
  }

  /** The kubelet tells its tries and its pauses in turns: the status does not follow. */
  @Test
  @Order(2)
  void nothingIsWrittenWhileTheKubeletTriesAgain() {
    var before = version();
    awaitPod("ErrImagePull");
    awaitPod("ImagePullBackOff");
    awaitPod("ErrImagePull");
    assertThat(version()).isEqualTo(before);
  }

  @Test
  @Order(3)
  void withoutTheFallbackTheClusterIsNotAvailable() {
    CLUSTER.patch("{\"fallback\": {\"vectordb\": {\"enabled\": false}}}");
    CLUSTER.await("Available", TRUE.negate(), LIMIT);
    CLUSTER.patch("{\"fallback\": {\"vectordb\": {\"enabled\": true}}}");
    CLUSTER.await("Available", TRUE, LIMIT);
  }

  @Test
  @Order(4)
  void switchedOffItLeavesAClusterThatIsReadyAndSaysWhatStandsIn() {
    CLUSTER.patch("{\"qdrant\": {\"enabled\": false}}");
    CLUSTER.await("Ready", TRUE, LIMIT);
    var effective = CLUSTER.resource().require().getStatus().effective();
    assertThat(requireNonNull(effective).settings())
        .containsEntry("spec.fallback.vectordb.mode", "KeywordSearch");
    CLIENT
        .pods()
        .inNamespace(NAMESPACE)
        .withLabels(QdrantCluster.PEERS)
        .waitUntilCondition(Objects::isNull, LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static String version() {
    return CLUSTER.resource().require().getMetadata().getResourceVersion();
  }

  private static void awaitPod(String reason) {
    CLIENT
        .pods()
        .inNamespace(NAMESPACE)
        .withName("demo-qdrant-0")
        .waitUntilCondition(
            p -> p != null && isWaiting(p, reason), LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static boolean isWaiting(Pod pod, String reason) {
    return pod.getStatus().getContainerStatuses().stream()
        .flatMap(s -> Optional.ofNullable(s.getState().getWaiting()).stream())
        .anyMatch(w -> reason.equals(w.getReason()));
  }
}
