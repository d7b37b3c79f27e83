package io.generalbots.operator.cluster.certificates;

/** A Secret that somebody else made holds nothing that servers could use. */
final class Unusable extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  Unusable(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  Trouble trouble() {
    return new Trouble(reason, String.valueOf(getMessage()));
  }
}
