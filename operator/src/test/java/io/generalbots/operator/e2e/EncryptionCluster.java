package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.kube.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A BotCluster of what encrypts: PostgreSQL that logs every statement, and a small object store.
 *
 * @param client how it is reached
 * @param namespace where it runs
 */
record EncryptionCluster(KubernetesClient client, String namespace) implements AutoCloseable {

  void create() {
    stage().prepare();
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: %s}
        spec:
          domain: bots.example.com
          %s
          postgres:
            instances: 2
            storage: {size: 1Gi}
            pooler: {instances: 1}
            parameters: {log_statement: all, log_min_duration_statement: '0'}
          valkey: {external: {address: "valkey:6379"}}
          seaweedfs: %s
        """
            .formatted(namespace, Specs.storesAnd("seaweedfs", "  "), Small.SEAWEEDFS);
    client.resource(yaml).inNamespace(namespace).create();
    postgres().awaitReady(2, ofMinutes(6));
    drive().awaitReady(ofMinutes(6));
  }

  PostgresCluster postgres() {
    return new PostgresCluster(client, namespace);
  }

  SeaweedCluster drive() {
    return new SeaweedCluster(client, namespace);
  }

  /** One of the keys that were made. */
  String key(String name) {
    return Secrets.text(postgres().secret("-encryption"), name);
  }

  /** Writes another data key, and keeps the one that was there beside it. */
  void replaceDataKey(String fresh) {
    var former = key("data-key");
    client
        .secrets()
        .inNamespace(namespace)
        .withName("demo-encryption")
        .edit(
            s -> {
              s.getData()
                  .putAll(Map.of("data-key-former", encoded(former), "data-key", encoded(fresh)));
              return s;
            });
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What every server of PostgreSQL and the pooler wrote so far. */
  List<String> logs() {
    return Stream.of("postgres", "pooler")
        .flatMap(c -> drive().pods(c).stream())
        .flatMap(this::logs)
        .toList();
  }

  private Stream<String> logs(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .map(
            c ->
                client
                    .pods()
                    .inNamespace(namespace)
                    .withName(pod.getMetadata().getName())
                    .inContainer(c.getName())
                    .getLog());
  }

  /** Takes the primary away, and waits until the other one is it. */
  void failOver() {
    var candidate = postgres().withRole("replica").get(0);
    client.pods().inNamespace(namespace).withName(postgres().primary()).delete();
    postgres().awaitPrimary(candidate, ofMinutes(3));
    postgres().awaitReady(2, ofMinutes(4));
  }

  private Stage stage() {
    return new Stage(client, namespace);
  }

  @Override
  public void close() {
    stage().clear();
  }
}
