package io.generalbots.operator.reconcile;

import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;

/** A round in which something failed; carries the status that says what. */
final class RoundFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient BotClusterStatus status;

  RoundFailure(BotClusterStatus status, RuntimeException cause) {
    super(cause.getMessage(), cause);
    this.status = status;
  }

  BotClusterStatus status() {
    return status;
  }
}
