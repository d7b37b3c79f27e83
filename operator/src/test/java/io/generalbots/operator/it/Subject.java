package io.generalbots.operator.it;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.e2e.Stage;
import io.generalbots.operator.golden.Specs;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A BotCluster the operator is watched with, alone in a namespace.
 *
 * @param client how it is reached
 * @param namespace where it lives
 */
record Subject(KubernetesClient client, String namespace) {

  static final String NAME = "demo";

  /** Every object and no pod: nothing but the operator changes anything. */
  static final String ASLEEP = "hibernate: true";

  private static final long SECONDS = 60;

  /** An empty namespace, and this cluster in it. */
  void begin(String spec) {
    empty();
    create(spec);
  }

  /** The namespace and nothing in it. */
  void empty() {
    stage().prepare();
  }

  void end() {
    stage().clear();
  }

  void create(String spec) {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: %s, namespace: %s}
        spec: {domain: bots.example.com, %s, %s}
        """
            .formatted(NAME, namespace, Specs.STORES_ONLY, spec);
    client.resource(yaml).inNamespace(namespace).create();
  }

  /** Changes the spec by a JSON merge patch; gives the generation it has then. */
  long patch(String spec) {
    return merge("{\"spec\":%s}".formatted(spec)).getMetadata().getGeneration();
  }

  /** Sets an annotation; {@code null} removes it. */
  void annotate(String key, @Nullable String value) {
    var json = value == null ? "null" : "\"" + value + "\"";
    merge("{\"metadata\":{\"annotations\":{\"%s\":%s}}}".formatted(key, json));
  }

  private BotCluster merge(String patch) {
    return resource().patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  /** Waits until the operator says of the newest spec that nothing is left to be done. */
  void awaitReady(long seconds) {
    await(c -> told(c, "Ready").filter(x -> "True".equals(x.getStatus())).isPresent(), seconds);
  }

  /** Waits until the operator gives this reason for a condition of the newest spec. */
  Condition awaitTold(String type, String reason) {
    return told(
            await(
                c -> told(c, type).filter(x -> reason.equals(x.getReason())).isPresent(), SECONDS),
            type)
        .orElseThrow();
  }

  BotCluster await(Predicate<BotCluster> condition, long seconds) {
    return resource()
        .waitUntilCondition(
            c -> c != null && c.getStatus() != null && condition.test(c),
            seconds,
            TimeUnit.SECONDS);
  }

  static Optional<Condition> told(BotCluster cluster, String type) {
    var generation = cluster.getMetadata().getGeneration();
    return cluster.getStatus().conditions().stream()
        .filter(c -> type.equals(c.getType()))
        .filter(c -> Objects.equals(c.getObservedGeneration(), generation))
        .findFirst();
  }

  /** An object of this kind beside the cluster. */
  <T extends HasMetadata> Resource<T> the(Class<T> kind, String name) {
    return client.resources(kind).inNamespace(namespace).withName(name);
  }

  /** Waits until an object is as it should be. */
  <T extends HasMetadata> T await(Class<T> kind, String name, Predicate<T> condition) {
    return the(kind, name)
        .waitUntilCondition(o -> o != null && condition.test(o), SECONDS, TimeUnit.SECONDS);
  }

  void awaitGone(Class<? extends HasMetadata> kind, String name) {
    the(kind, name).waitUntilCondition(Objects::isNull, SECONDS, TimeUnit.SECONDS);
  }

  /** Waits until the operator tells this in an event about the cluster as it is now. */
  void awaitEvent(String reason, String part) {
    var uid = resource().require().getMetadata().getUid();
    client
        .v1()
        .events()
        .inNamespace(namespace)
        .withField("involvedObject.uid", uid)
        .informOnCondition(all -> all.stream().anyMatch(e -> says(e, reason, part)))
        .orTimeout(SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private static boolean says(Event event, String reason, String part) {
    return reason.equals(event.getReason()) && event.getMessage().contains(part);
  }

  List<HasMetadata> all(List<Class<? extends HasMetadata>> kinds) {
    return kinds.stream()
        .<HasMetadata>flatMap(
            k -> client.resources(k).inNamespace(namespace).list().getItems().stream())
        .toList();
  }

  Resource<BotCluster> resource() {
    return client.resources(BotCluster.class).inNamespace(namespace).withName(NAME);
  }

  private Stage stage() {
    return new Stage(client, namespace);
  }
}
