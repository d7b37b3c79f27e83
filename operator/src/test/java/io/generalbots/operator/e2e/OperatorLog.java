package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the operator has written to its log. */
final class OperatorLog {

  private static final String CHART = "app.kubernetes.io/name";
  private static final String RELEASE = "app.kubernetes.io/instance";
  private static final String NAME = "generalbots-operator";

  private OperatorLog() {}

  /** The log of the operator that looks after this namespace, whatever its release is called. */
  static String of(KubernetesClient client, String namespace) {
    return pods(client, namespace).map(PodResource::getLog).collect(Collectors.joining());
  }

  /** The same from now on, whatever the kubelet throws away of it meanwhile. */
  static Followed follow(KubernetesClient client, String namespace) {
    var text = new ByteArrayOutputStream();
    var watches = pods(client, namespace).map(p -> p.tailingLines(1).watchLog(text)).toList();
    return new Followed(text, watches);
  }

  /**
   * A log that grows.
   *
   * @param bytes what was written so far
   * @param watches what brings it
   */
  record Followed(ByteArrayOutputStream bytes, List<LogWatch> watches) implements AutoCloseable {

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      watches.forEach(LogWatch::close);
    }
  }

  /** Who looks after this namespace. */
  static Stream<PodResource> pods(KubernetesClient client, String namespace) {
    var binding =
        client
            .rbac()
            .roleBindings()
            .inNamespace(namespace)
            .withLabel(CHART, NAME)
            .list()
            .getItems()
            .stream()
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no operator may be in " + namespace));
    return client
        .pods()
        .inNamespace(binding.getSubjects().get(0).getNamespace())
        .withLabels(labels(binding))
        .resources();
  }

  private static Map<String, String> labels(RoleBinding binding) {
    return Map.of(CHART, NAME, RELEASE, binding.getMetadata().getLabels().get(RELEASE));
  }
}
