package io.generalbots.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Three real peers of Qdrant, and no point lost. No package registry has the server: the test is
 * skipped where no node has an image of it, and says so.
 */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QdrantE2E {

  private static final String NAMESPACE = "e2e-qdrant";
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Predicate<Condition> READY = c -> "True".equals(c.getStatus());

  /** How the points of a collection are counted: every one of them is looked at. */
  private static final String COUNT =
      "curl -sf -m 5 -H 'Content-Type: application/json' -d '{\"exact\": true}'"
          + " http://demo-qdrant:6333/collections/%s/points/count | jq .result.count";

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final QdrantCluster CLUSTER = new QdrantCluster(CLIENT, NAMESPACE);
  private static final Shell SHELL = new Shell(CLIENT, NAMESPACE);

  @BeforeAll
  static void threePeers() {
    var image = QdrantImage.on(CLIENT);
    assumeTrue(
        image.isPresent(),
        "skipped: no node has an image of Qdrant. Build one of a program with QDRANT_BINARY=path"
            + " dev/images/build qdrant, or load the official one into the node");
    CLUSTER.create(
        """
        images: {qdrant: "%s"}
        qdrant:
          {replicas: 3, replicationFactor: 1, storage: {size: 1Gi},
          resources: {requests: {cpu: 10m, memory: 64Mi}}}
        postgres: {external: {address: "postgres:5432", secretName: none}}
        valkey: {external: {address: "valkey:6379"}}
        """
            .formatted(image.get()));
    CLUSTER.await("QdrantReady", READY, LIMIT);
    CLIENT.resource(QdrantClient.pod(NAMESPACE)).create();
    CLIENT
        .pods()
        .inNamespace(NAMESPACE)
        .withName(QdrantClient.NAME)
        .waitUntilReady(90, TimeUnit.SECONDS);
    fill("kb", 1);
    fill("safe", 2);
  }

  @AfterAll
  static void remove() {
    CLUSTER.close();
  }

  @Test
  @Order(1)
  void aKilledPeerFailsNoReadWhereThereAreTwoCopies() {
    var failed = whileCounting("safe", () -> kill("demo-qdrant-1"));
    assertThat(failed).isZero();
    assertThat(count("safe")).isEqualTo("300");
  }

  @Test
  @Order(2)
  void aLostVolumeIsReplacedAndItsCopiesAreMadeAnew() {
    CLUSTER.patch("{\"qdrant\": {\"replicationFactor\": 2}}");
    CLUSTER.await("QdrantReady", READY, LIMIT);
    var claims = CLIENT.persistentVolumeClaims().inNamespace(NAMESPACE);
    var former = claims.withName("data-demo-qdrant-1").get();
    claims.withName("data-demo-qdrant-1").delete();
    kill("demo-qdrant-1");
    claims
        .withName("data-demo-qdrant-1")
        .waitUntilCondition(c -> isAnother(c, former), LIMIT.toSeconds(), TimeUnit.SECONDS);
    CLUSTER.await("QdrantReady", READY.negate(), LIMIT);
    CLUSTER.await("QdrantReady", READY, LIMIT);
    assertThat(count("kb")).isEqualTo("300");
    assertThat(
            ask(
                "/collections/kb/cluster",
                ".result | [.local_shards, .remote_shards] | flatten | length"))
        .isEqualTo("12");
  }

  @Test
  @Order(3)
  void scalingInLosesNoPointAndFailsNoQuery() {
    var failed =
        whileCounting(
            "kb",
            () -> {
              CLUSTER.patch("{\"qdrant\": {\"replicas\": 2}}");
              CLUSTER.await("QdrantReady", READY, LIMIT);
            });
    assertThat(failed).isZero();
    assertThat(count("kb")).isEqualTo("300");
    assertThat(ask("/cluster", ".result.peers | length")).isEqualTo("2");
    CLIENT
        .persistentVolumeClaims()
        .inNamespace(NAMESPACE)
        .withName("data-demo-qdrant-2")
        .waitUntilCondition(Objects::isNull, LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  @Order(4)
  void scalingOutAgainBringsInANewPeer() {
    CLUSTER.patch("{\"qdrant\": {\"replicas\": 3}}");
    CLUSTER.await("QdrantReady", READY, LIMIT);
    assertThat(ask("/cluster", ".result.peers | length")).isEqualTo("3");
    assertThat(ask("/collections/kb", ".result.payload_schema.content.data_type"))
        .isEqualTo("\"text\"");
  }

  private static void fill(String collection, int factor) {
    var made =
        "{\"vectors\": {\"size\": 2, \"distance\": \"Cosine\"}, \"shard_number\": 6,"
            + " \"replication_factor\": %d}";
    put("/collections/" + collection, made.formatted(factor));
    SHELL.run(
        QdrantClient.NAME,
        "seq 300 | jq -cs '{points: map({id: ., vector: [., 1], payload: {content: \"word\"}})}'"
            + " | curl -sf -X PUT -H 'Content-Type: application/json' -d @-"
            + " 'http://demo-qdrant:6333/collections/%s/points?wait=true'".formatted(collection));
    assertThat(count(collection)).isEqualTo("300");
  }

  private static void put(String path, String body) {
    SHELL.run(
        QdrantClient.NAME,
        "curl -sf -X PUT -H 'Content-Type: application/json' -d '%s' http://demo-qdrant:6333%s"
            .formatted(body, path));
  }

  private static String count(String collection) {
    return SHELL.run(QdrantClient.NAME, COUNT.formatted(collection));
  }

  private static String ask(String path, String filter) {
    return SHELL.run(
        QdrantClient.NAME, "curl -sf http://demo-qdrant:6333%s | jq '%s'".formatted(path, filter));
  }

  /** How many of the counts failed or were short while this was done. */
  private static int whileCounting(String collection, Runnable deed) {
    var loop =
        "rm -f /tmp/stop /tmp/failed; touch /tmp/failed; (until [[ -e /tmp/stop ]]; do"
            + " [[ $(%s) == 300 ]] || echo failed >>/tmp/failed; done) >/dev/null 2>&1 &";
    SHELL.run(QdrantClient.NAME, loop.formatted(COUNT.formatted(collection)));
    deed.run();
    SHELL.run(QdrantClient.NAME, "touch /tmp/stop");
    return Integer.parseInt(SHELL.run(QdrantClient.NAME, "wc -l </tmp/failed"));
  }

  private static void kill(String pod) {
    var pods = CLIENT.pods().inNamespace(NAMESPACE);
    var former = pods.withName(pod).get().getMetadata().getUid();
    pods.withName(pod).withGracePeriod(0).delete();
    pods.withName(pod)
        .waitUntilCondition(
            p -> p != null && !former.equals(p.getMetadata().getUid()),
            LIMIT.toSeconds(),
            TimeUnit.SECONDS);
  }

  private static boolean isAnother(
      @Nullable PersistentVolumeClaim claim, PersistentVolumeClaim former) {
    return claim != null
        && !former.getMetadata().getUid().equals(claim.getMetadata().getUid())
        && "Bound".equals(claim.getStatus().getPhase());
  }
}
