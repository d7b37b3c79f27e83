package io.generalbots.operator.external.qdrant;

/** What Qdrant did not do, or not yet, and what it said. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int NOT_FOUND = 404;

  private final int status;

  Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The same, saying what was asked for. */
  Refusal about(String what) {
    return new Refusal(status, what + ": " + getMessage());
  }

  /** Whether what was asked about is gone. */
  boolean isAboutNothing() {
    return status == NOT_FOUND;
  }
}
