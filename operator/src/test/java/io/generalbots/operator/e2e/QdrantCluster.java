package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Specs;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A BotCluster with a Qdrant, in a namespace of its own.
 *
 * @param client how it is reached
 * @param namespace where it runs
 */
record QdrantCluster(KubernetesClient client, String namespace) implements AutoCloseable {

  static final String NAME = "demo";
  static final Map<String, String> PEERS =
      Map.of("generalbots.io/cluster", NAME, "generalbots.io/component", "qdrant");

  /** Where nothing was before; these lines of the spec beside what switches all else off. */
  void create(String spec) {
    stage().prepare();
    var off = Specs.storesAnd("qdrant", "  ");
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: %s, namespace: %s}
        spec:
          domain: bots.example.com
          %s
          %s
        """
            .formatted(NAME, namespace, off, spec.strip().replace("\n", "\n  "));
    client.resource(yaml).inNamespace(namespace).create();
  }

  /** Changes the spec by a JSON merge patch. */
  void patch(String spec) {
    resource().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": %s}".formatted(spec));
  }

  /** Waits until this is said of the newest spec. */
  Condition await(String type, Predicate<Condition> said, Duration limit) {
    return new Told(resource()).await(type, said, limit);
  }

  /** What is said of the newest spec now. */
  Condition told(String type) {
    return new Told(resource()).now(type);
  }

  Resource<BotCluster> resource() {
    return client.resources(BotCluster.class).inNamespace(namespace).withName(NAME);
  }

  @Override
  public void close() {
    stage().clear();
  }

  private Stage stage() {
    return new Stage(client, namespace);
  }
}
