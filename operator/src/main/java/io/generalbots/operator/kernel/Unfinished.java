package io.generalbots.operator.kernel;

/**
 * Said by a driver whose step needs more time. It is no fault: what comes after the step in its
 * component's plan waits, the others go on, and the step is looked at again before long.
 */
public final class Unfinished extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is being done or waited for, as a sentence for people. */
  public Unfinished(String what) {
    super(what);
  }

  /** The same of what is waited for because something failed. */
  public Unfinished(String what, Throwable cause) {
    super(what, cause);
  }
}
