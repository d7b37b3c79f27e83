package io.generalbots.operator.it;

import io.fabric8.kubernetes.client.KubernetesClient;

/** The operator that the chart installed. */
final class Operator {

  private static final String NAME = "generalbots-operator";

  private Operator() {}

  /** As whom it speaks to the API server. */
  static String user(KubernetesClient client) {
    return client.rbac().roleBindings().inAnyNamespace().list().getItems().stream()
        .filter(b -> NAME.equals(b.getMetadata().getName()))
        .flatMap(b -> b.getSubjects().stream())
        .map(s -> "system:serviceaccount:" + s.getNamespace() + ":" + s.getName())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the operator is not installed"));
  }
}
