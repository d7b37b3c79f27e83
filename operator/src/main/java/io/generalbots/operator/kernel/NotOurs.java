package io.generalbots.operator.kernel;

/**
 * Said by a driver that finds something of a wanted name that belongs to somebody else. Nothing is
 * taken over, and what comes after the step in its component's plan is not done.
 */
public final class NotOurs extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What it is, as kind and name. */
  public NotOurs(String what) {
    super(what);
  }

  /** What it is, as kind and name. */
  String what() {
    return String.valueOf(getMessage());
  }
}
