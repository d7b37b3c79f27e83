package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything of a namespace that can be read without a right to Secrets.
 *
 * @param client how it is reached
 * @param namespace the namespace
 */
record Places(KubernetesClient client, String namespace) {

  /** The kinds whose objects may tell something, as group/version/plural. */
  private static final List<String> KINDS =
      List.of(
          "/v1/pods",
          "/v1/configmaps",
          "/v1/services",
          "/v1/serviceaccounts",
          "/v1/persistentvolumeclaims",
          "/v1/events",
          "apps/v1/statefulsets",
          "apps/v1/deployments",
          "apps/v1/replicasets",
          "apps/v1/controllerrevisions",
          "policy/v1/poddisruptionbudgets",
          "networking.k8s.io/v1/networkpolicies",
          "rbac.authorization.k8s.io/v1/roles",
          "rbac.authorization.k8s.io/v1/rolebindings",
          "discovery.k8s.io/v1/endpointslices",
          "events.k8s.io/v1/events",
          "generalbots.io/v1alpha1/botclusters");

  /**
   * A text that anybody may come across.
   *
   * @param name where it is
   * @param text what is there
   */
  record Place(String name, String text) {}

  /** One after the other, since some are large. */
  Stream<Place> all() {
    return Stream.of(
            KINDS.stream().flatMap(this::objects),
            secrets().stream().map(Places::shown),
            pods().stream().flatMap(this::logs),
            pods().stream().map(Places::commands),
            Stream.of(new Place("audit log", audit())))
        .flatMap(places -> places);
  }

  /** Those of the namespace; they are no place, but for how they are listed. */
  List<Secret> secrets() {
    return client.secrets().inNamespace(namespace).list().getItems();
  }

  private String audit() {
    return AuditLog.ofNode().about(namespace).collect(Collectors.joining("\n"));
  }

  private Stream<Place> objects(String kind) {
    var words = kind.split("/", 3);
    var context =
        new ResourceDefinitionContext.Builder()
            .withGroup(words[0])
            .withVersion(words[1])
            .withPlural(words[2])
            .withNamespaced(true)
            .build();
    return client
        .genericKubernetesResources(context)
        .inNamespace(namespace)
        .list()
        .getItems()
        .stream()
        .map(o -> new Place(words[2] + " " + name(o), Serialization.asJson(o)));
  }

  private static String name(GenericKubernetesResource object) {
    return object.getMetadata().getName();
  }

  private static Place shown(Secret secret) {
    var meta = secret.getMetadata();
    return new Place("metadata of Secret " + meta.getName(), Serialization.asJson(meta));
  }

  /** One that is told to end may be gone before it is asked. */
  private List<Pod> pods() {
    return client.pods().inNamespace(namespace).list().getItems().stream()
        .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  private Stream<Place> logs(Pod pod) {
    var name = pod.getMetadata().getName();
    return Stream.of(pod.getSpec().getInitContainers(), pod.getSpec().getContainers())
        .flatMap(List::stream)
        .filter(c -> hasStarted(pod, c.getName()))
        .map(c -> new Place("log of " + name + " " + c.getName(), log(name, c.getName())));
  }

  /** One that waits for its image, or for those before it, has not said anything yet. */
  private static boolean hasStarted(Pod pod, String container) {
    return Stream.of(
            pod.getStatus().getInitContainerStatuses(), pod.getStatus().getContainerStatuses())
        .flatMap(List::stream)
        .filter(s -> container.equals(s.getName()))
        .anyMatch(s -> s.getState().getWaiting() == null);
  }

  private String log(String pod, String container) {
    return client.pods().inNamespace(namespace).withName(pod).inContainer(container).getLog();
  }

  /** What whoever is on the node sees with ps. */
  private static Place commands(Pod pod) {
    return new Place(
        "command lines of " + pod.getMetadata().getName(), Processes.of(pod).commands());
  }
}
