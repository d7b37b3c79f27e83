package io.generalbots.operator.it;

import io.fabric8.kubernetes.client.KubernetesClient;

/** The operator that serves a namespace. */
final class Operator {

  private static final String NAME = "generalbots-operator";

  private Operator() {}

  /** As whom it speaks to the API server. */
  static String user(KubernetesClient client, String namespace) {
    var binding = client.rbac().roleBindings().inNamespace(namespace).withName(NAME).require();
    var subject = binding.getSubjects().get(0);
    return "system:serviceaccount:" + subject.getNamespace() + ":" + subject.getName();
  }
}
