package io.generalbots.operator.reconcile;

import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A round in which something failed; carries the status that says what. */
final class RoundFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient BotClusterStatus status;

  RoundFailure(BotClusterStatus status, RuntimeException cause) {
    super(cause.getMessage(), cause);
    this.status = status;
  }

  /** The one behind a failure: whoever measures rounds wraps what they throw. */
  static Optional<RoundFailure> in(Throwable failure) {
    return causes(failure).stream()
        .filter(RoundFailure.class::isInstance)
        .map(RoundFailure.class::cast)
        .findFirst();
  }

  /** A failure and what it was caused by, the failure first. */
  static List<Throwable> causes(Throwable failure) {
    var causes = new ArrayList<Throwable>();
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  BotClusterStatus status() {
    return status;
  }
}
