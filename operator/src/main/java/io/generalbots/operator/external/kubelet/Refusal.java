package io.generalbots.operator.external.kubelet;

/** A kubelet that answers, but not what it is asked. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Refusal(int status) {
    super(
        "it answers %d: is the ClusterRoleBinding of volumes.autoGrow there, as the chart makes it?"
            .formatted(status));
  }
}
