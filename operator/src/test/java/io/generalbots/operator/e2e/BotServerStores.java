package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.generalbots.operator.kube.Resources;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What the bot servers of a test meet that is no component of their cluster: the recorded contract
 * of Qdrant, and a client that is allowed where the gateway is.
 *
 * @param client where they run
 * @param namespace their namespace
 * @param parts the names of those that are wanted
 */
record BotServerStores(KubernetesClient client, String namespace, Set<String> parts) {

  private static final String NAME = "stores";
  private static final String VECTORS = "vectors";
  private static final String YAML = "e2e/botserver-stores.yaml";

  /** All of them. */
  BotServerStores(KubernetesClient client, String namespace) {
    this(client, namespace, Set.of(VECTORS, "gateway"));
  }

  /** The recorded contract alone, for a cluster with gateways of its own. */
  static BotServerStores vectors(KubernetesClient client, String namespace) {
    return new BotServerStores(client, namespace, Set.of(VECTORS));
  }

  /** Whoever wants vectors waits from now on, until that is ended. */
  Fault.Ending cutVectors() {
    var server = client.pods().inNamespace(namespace).withName(VECTORS).get();
    return Fault.HANG.begin(Processes.of(server), "python3");
  }

  /** Starts them and waits until they answer. */
  void start() {
    remove();
    create(
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(NAME)
            .withNamespace(namespace)
            .endMetadata()
            .withData(
                Map.of(
                    "recorded-qdrant.py", text("recorded-qdrant.py"), "chat.py", text("chat.py")))
            .build());
    objects().forEach(this::create);
    pods().forEach(p -> p.waitUntilReady(4, TimeUnit.MINUTES));
  }

  void remove() {
    objects().forEach(o -> client.resource(o).inNamespace(namespace).delete());
    pods().forEach(p -> p.waitUntilCondition(Objects::isNull, 1, TimeUnit.MINUTES));
    client.configMaps().inNamespace(namespace).withName(NAME).delete();
  }

  private List<PodResource> pods() {
    return objects().stream()
        .filter(Pod.class::isInstance)
        .map(p -> client.pods().inNamespace(namespace).withName(p.getMetadata().getName()))
        .toList();
  }

  private void create(HasMetadata object) {
    client.resource(object).inNamespace(namespace).create();
  }

  private List<HasMetadata> objects() {
    return client
        .getKubernetesSerialization()
        .unmarshal(Resources.text(YAML), KubernetesList.class)
        .getItems()
        .stream()
        .filter(object -> parts.contains(object.getMetadata().getName()))
        .toList();
  }

  private static String text(String name) {
    return Resources.text("e2e/" + name);
  }
}
