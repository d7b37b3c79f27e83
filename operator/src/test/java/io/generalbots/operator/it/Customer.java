package io.generalbots.operator.it;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.Tenant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A Tenant the operator is watched with, on the BotCluster of {@link Subject} beside it.
 *
 * @param client how it is reached
 * @param namespace where it lives
 * @param name of the Tenant
 */
record Customer(KubernetesClient client, String namespace, String name) {

  private static final long SECONDS = 60;

  void create(String spec) {
    createOn("{name: %s}".formatted(Subject.NAME), spec);
  }

  /** On a BotCluster anywhere. */
  void createOn(String cluster, String spec) {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: Tenant
        metadata: {name: %s, namespace: %s}
        spec: {clusterRef: %s, %s}
        """
            .formatted(name, namespace, cluster, spec);
    client.resource(yaml).inNamespace(namespace).create();
  }

  void patch(String spec) {
    merge("{\"spec\":%s}".formatted(spec));
  }

  void annotate(String key, String value) {
    merge("{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(key, value));
  }

  private void merge(String patch) {
    resource().patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  /** Waits until the operator gives this reason for a condition of the newest spec. */
  Condition awaitTold(String type, String reason) {
    var tenant = await(t -> told(t, type, reason).isPresent());
    return told(tenant, type, reason).orElseThrow();
  }

  private static Optional<Condition> told(Tenant tenant, String type, String reason) {
    return tenant.getStatus().conditions().stream()
        .filter(c -> type.equals(c.getType()) && reason.equals(c.getReason()))
        .filter(
            c -> Objects.equals(c.getObservedGeneration(), tenant.getMetadata().getGeneration()))
        .findFirst();
  }

  Tenant await(Predicate<Tenant> condition) {
    return resource()
        .waitUntilCondition(
            t -> t != null && t.getStatus() != null && condition.test(t),
            SECONDS,
            TimeUnit.SECONDS);
  }

  void awaitGone() {
    resource().waitUntilCondition(Objects::isNull, SECONDS, TimeUnit.SECONDS);
  }

  /** Ends all Tenants of a namespace, whose stores nobody may be able to reach. */
  static void giveUpAll(KubernetesClient client, String namespace) {
    client.resources(Tenant.class).inNamespace(namespace).list().getItems().stream()
        .map(t -> new Customer(client, namespace, t.getMetadata().getName()))
        .forEach(Customer::giveUp);
  }

  private void giveUp() {
    annotate("generalbots.io/force-delete", "true");
    resource().delete();
    awaitGone();
  }

  Resource<Tenant> resource() {
    return client.resources(Tenant.class).inNamespace(namespace).withName(name);
  }
}
