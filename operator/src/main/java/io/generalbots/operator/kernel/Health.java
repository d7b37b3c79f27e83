package io.generalbots.operator.kernel;

/** How a component is, with a CamelCase reason for machines and a sentence for people. */
public record Health(State state, String reason, String message) {

  /** The four answers to "does it work?". */
  public enum State {
    READY,
    WAITING,
    DEGRADED,
    DISABLED
  }

  /** It serves as specified. */
  public static Health ready(String message) {
    return new Health(State.READY, "Ready", message);
  }

  /** It is on its way and needs nothing from the user. */
  public static Health waiting(String reason, String message) {
    return new Health(State.WAITING, reason, message);
  }

  /** It serves less than specified, or not at all. */
  public static Health degraded(String reason, String message) {
    return new Health(State.DEGRADED, reason, message);
  }

  /** The spec switches it off. */
  public static Health disabled() {
    return new Health(State.DISABLED, "Disabled", "switched off in the spec");
  }

  /** Whether it serves as specified. */
  public boolean isReady() {
    return state == State.READY;
  }
}
