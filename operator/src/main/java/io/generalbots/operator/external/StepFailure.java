package io.generalbots.operator.external;

/** A step that was not done; the message is a sentence for people, without any secret. */
public final class StepFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StepFailure(String message) {
    super(message);
  }

  public StepFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
