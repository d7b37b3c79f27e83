package io.generalbots.operator.e2e;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Specs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A BotCluster of nothing but Valkey in a namespace of its own. */
final class ValkeyCluster implements AutoCloseable {

  static final String NAME = "demo";
  private static final String READY = "ValkeyReady";

  private final KubernetesClient client;
  private final String namespace;

  ValkeyCluster(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** With so many servers, where nothing was before. */
  void create(int replicas) {
    create(replicas, "");
  }

  /** With more fields of the block valkey, each followed by a comma. */
  void create(int replicas, String more) {
    stage().prepare();
    start(replicas, more);
  }

  /** Where there may be volumes and Secrets of an earlier cluster of the same name. */
  void start(int replicas, String more) {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: %s, namespace: %s}
        spec:
          domain: bots.example.com
          %s
          postgres:
            external: {address: "postgres:5432", secretName: none}
            pooler: {enabled: false}
          valkey: {%s replicas: %d, memory: 64Mi, persistence: {size: %s}}
        """
            .formatted(NAME, namespace, Specs.storesOnly("  "), more, replicas, size());
    client.resource(yaml).inNamespace(namespace).create();
  }

  /** Deletes the BotCluster and waits until its pods are gone; what it retains stays. */
  void delete() {
    var clusters = client.resources(BotCluster.class).inNamespace(namespace).withName(NAME);
    clusters.delete();
    clusters.waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
    var pods = client.pods().inNamespace(namespace).withLabel("generalbots.io/cluster", NAME);
    pods.waitUntilCondition(Objects::isNull, 120, TimeUnit.SECONDS);
  }

  /** Of the volumes at first: as much as no node has memory, so that memory can grow past any. */
  String size() {
    return tooMuchMemory() + "Gi";
  }

  /** More GiB than any node has. */
  long tooMuchMemory() {
    return client.nodes().list().getItems().stream()
            .map(n -> requireNonNull(n.getStatus().getCapacity().get("memory")))
            .mapToLong(memory -> memory.getNumericalAmount().longValue() >> 30)
            .max()
            .orElseThrow()
        + 1;
  }

  /** Changes the block valkey of the spec by a JSON merge patch. */
  void patch(String valkey) {
    patchSpec("{\"valkey\": %s}".formatted(valkey));
  }

  void hibernate(boolean hibernates) {
    patchSpec("{\"hibernate\": %b}".formatted(hibernates));
  }

  private void patchSpec(String spec) {
    client
        .resources(BotCluster.class)
        .inNamespace(namespace)
        .withName(NAME)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": %s}".formatted(spec));
  }

  /** Waits until the operator says of the newest spec that Valkey is ready. */
  void awaitReady(int servers, Duration limit) {
    told()
        .await(
            READY,
            c -> Told.isTrue(c) && c.getMessage().startsWith(servers + " of " + servers),
            limit);
  }

  /** Waits until the operator says why Valkey is not ready. */
  void awaitTrouble(String part, Duration limit) {
    told().await(READY, c -> c.getMessage().contains(part), limit);
  }

  private Told told() {
    return new Told(client.resources(BotCluster.class).inNamespace(namespace).withName(NAME));
  }

  Secret secret() {
    return client.secrets().inNamespace(namespace).withName(NAME + "-valkey").get();
  }

  String published(String key) {
    return new String(
        Base64.getDecoder().decode(secret().getData().get(key)), StandardCharsets.UTF_8);
  }

  void setPassword(String password) {
    UnaryOperator<Secret> edit =
        s -> {
          s.setStringData(Map.of("password", password));
          return s;
        };
    client.secrets().inNamespace(namespace).withName(NAME + "-valkey").edit(edit);
  }

  /** Starts a pod that writes until its report is asked for. */
  ValkeyWriter write(String name, boolean tls) {
    return ValkeyWriter.start(client, namespace, name, tls);
  }

  @Override
  public void close() {
    stage().clear();
  }

  private Stage stage() {
    return new Stage(client, namespace);
  }
}
