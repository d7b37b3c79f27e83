package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.stream.Collectors;

/** What the operator has written to its log. */
final class OperatorLog {

  private static final String NAME = "generalbots-operator";

  private OperatorLog() {}

  /** The log of the operator that looks after this namespace. */
  static String of(KubernetesClient client, String namespace) {
    var home =
        client.rbac().roleBindings().inNamespace(namespace).list().getItems().stream()
            .filter(b -> NAME.equals(b.getMetadata().getName()))
            .flatMap(b -> b.getSubjects().stream())
            .map(s -> s.getNamespace())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no operator may be in " + namespace));
    return client
        .pods()
        .inNamespace(home)
        .withLabel("app.kubernetes.io/name", NAME)
        .list()
        .getItems()
        .stream()
        .map(p -> client.pods().resource(p).getLog())
        .collect(Collectors.joining());
  }
}
