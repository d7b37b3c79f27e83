package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.kube.Secrets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A BotCluster with a vault, and one server of each store whose Secrets it copies.
 *
 * @param client where it runs
 * @param namespace its namespace
 */
record VaultCluster(KubernetesClient client, String namespace) {

  static final String NAME = "demo";
  static final String SYNCED = "SecretsSynced";

  /** With one server, and what a later cluster of the same name may find. */
  void create(String more) {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: %s, namespace: %s}
        spec:
          domain: bots.example.com
          %s
          postgres: {instances: 1, storage: {size: 1Gi}, pooler: {enabled: false}}
          valkey: {replicas: 1, memory: 64Mi, persistence: {mode: Disabled}}
          vault: {mode: Managed, replicas: 1, storage: {size: 256Mi}%s}
        """
            .formatted(NAME, namespace, Specs.storesOnly("  "), more);
    client.resource(yaml).inNamespace(namespace).create();
  }

  /** Deletes it and waits until its pods are gone; what it retains stays. */
  void delete() {
    resource().delete();
    resource().waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
    client
        .pods()
        .inNamespace(namespace)
        .withLabel("generalbots.io/cluster", NAME)
        .waitUntilCondition(Objects::isNull, 120, TimeUnit.SECONDS);
  }

  /** Changes the spec by a JSON merge patch. */
  void patch(String spec) {
    resource().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": %s}".formatted(spec));
  }

  /** Waits until a condition of the newest spec is like that. */
  void await(String type, Predicate<Condition> wanted, Duration limit) {
    new Told(resource()).await(type, wanted, limit);
  }

  /** Waits until so many servers are ready and have what they should have. */
  void awaitReady(int servers, Duration limit) {
    await(
        "VaultReady",
        c -> Told.isTrue(c) && c.getMessage().startsWith("%1$d of %1$d".formatted(servers)),
        limit);
    await(SYNCED, Told::isTrue, limit);
  }

  static boolean isFalse(Condition condition) {
    return "False".equals(condition.getStatus());
  }

  Secret secret(String suffix) {
    return client.secrets().inNamespace(namespace).withName(NAME + suffix).require();
  }

  String value(String suffix, String key) {
    return Secrets.text(secret(suffix), key);
  }

  /** Changes one key of a Secret. */
  void edit(String suffix, String key, String value) {
    client
        .secrets()
        .inNamespace(namespace)
        .withName(NAME + suffix)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"stringData\": {\"%s\": \"%s\"}}".formatted(key, value));
  }

  /** A Secret as a user would make it. */
  void userSecret(String name, Map<String, String> values) {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withStringData(values)
                .build())
        .forceConflicts()
        .serverSideApply();
  }

  Resource<BotCluster> resource() {
    return client.resources(BotCluster.class).inNamespace(namespace).withName(NAME);
  }
}
