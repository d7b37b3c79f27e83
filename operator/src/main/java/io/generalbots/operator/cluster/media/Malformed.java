package io.generalbots.operator.cluster.media;

/** A pipeline that cannot be one; the message says what to change. */
final class Malformed extends Exception {

  private static final long serialVersionUID = 1L;

  Malformed(String message) {
    super(message);
  }
}
