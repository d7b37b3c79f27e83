package io.generalbots.operator.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A BotCluster of a small object store and media workers.
 *
 * @param client how it is reached
 * @param namespace where it runs
 */
record MediaCluster(KubernetesClient client, String namespace) implements AutoCloseable {

  private static final String NAME = "demo";
  private static final String READY = "GstreamerReady";

  private static final Map<String, String> WORKERS =
      Map.of("generalbots.io/cluster", NAME, "generalbots.io/component", "gstreamer");

  private static final String SMALL =
      "{requests: {cpu: 10m, memory: 48Mi}, limits: {memory: 512Mi}}";

  /** With these fields of the block gstreamer, as YAML in one line; no database knows any name. */
  void create(String gstreamer) {
    stage().prepare();
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: %s, namespace: %s}
        spec:
          domain: bots.example.com
          %s
          reclaimPolicy: Delete
          postgres:
            external: {address: "postgres:5432", secretName: none}
            pooler: {enabled: false}
          valkey: {external: {address: "valkey:6379"}}
          seaweedfs:
            masters: 1
            volumes: {replicas: 1, replication: "000", storage: {size: 1Gi}, resources: %4$s}
            filers: {replicas: 1, store: Embedded, storage: {size: 1Gi}, resources: %4$s}
            s3: {replicas: 1, resources: %4$s}
          media:
            gstreamer: {enabled: true, resources: %4$s, %5$s}
        """
            .formatted(NAME, namespace, Specs.storesAnd("seaweedfs", "  "), SMALL, gstreamer);
    client.resource(yaml).inNamespace(namespace).create();
  }

  /** Changes fields of the spec by a JSON merge patch. */
  void patch(String spec) {
    cluster().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": %s}".formatted(spec));
  }

  /** Has the workers play this from now on, again and again or until it came to its end. */
  void play(String pipeline, String restartPolicy) {
    var fields = Map.of("pipeline", pipeline, "restartPolicy", restartPolicy);
    var worker = new ObjectMapper().valueToTree(fields).toString();
    patch("{\"media\": {\"gstreamer\": %s}}".formatted(worker));
  }

  void awaitReady(Duration limit) {
    awaitCondition(READY, c -> "True".equals(c.getStatus()), limit);
  }

  /** Waits until it is said of the workers that they do not play, and why; gives how long. */
  Duration awaitTrouble(String why, Duration limit) {
    var began = Instant.now();
    awaitCondition(
        READY, c -> "False".equals(c.getStatus()) && c.getMessage().contains(why), limit);
    return Duration.between(began, Instant.now());
  }

  void awaitCondition(String type, Predicate<Condition> which, Duration limit) {
    new Told(cluster()).await(type, which, limit);
  }

  /** The workers' pods that are to stay. */
  List<Pod> workers() {
    return client.pods().inNamespace(namespace).withLabels(WORKERS).list().getItems().stream()
        .filter(p -> !p.isMarkedForDeletion())
        .toList();
  }

  /** Waits until no worker's pod is left. */
  void awaitNoWorker(Duration limit) {
    client
        .pods()
        .inNamespace(namespace)
        .withLabels(WORKERS)
        .informOnCondition(List::isEmpty)
        .orTimeout(limit.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  /** The uid of each of the store's gateways that are to stay: another one is another pod. */
  String gateways() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel("generalbots.io/component", "s3")
        .list()
        .getItems()
        .stream()
        .filter(p -> !p.isMarkedForDeletion())
        .map(p -> p.getMetadata().getUid())
        .sorted()
        .collect(Collectors.joining(" "));
  }

  Shell shell() {
    return new Shell(client, namespace);
  }

  Stage stage() {
    return new Stage(client, namespace);
  }

  @Override
  public void close() {
    stage().clear();
  }

  private Resource<BotCluster> cluster() {
    return client.resources(BotCluster.class).inNamespace(namespace).withName(NAME);
  }
}
