package io.generalbots.operator.kernel;

/**
 * How a component is.
 *
 * @param state whether it serves
 * @param reason CamelCase, for machines
 * @param message a sentence, for people
 * @param instances how many of its instances are ready
 */
public record Health(State state, String reason, String message, Instances instances) {

  /** The five answers to "does it serve?". */
  public enum State {
    /** It serves as specified. */
    READY,
    /** It does not serve, or not yet. */
    WAITING,
    /** It serves, but less than specified: fewer instances, an old version, a lagging replica. */
    DEGRADED,
    /** The spec asks for what cannot be: it waits for an edit. */
    REFUSED,
    /** The spec switches it off. */
    DISABLED
  }

  /** Ready and wished instances; none wished for what has no pods. */
  public record Instances(int ready, int desired) {

    /** What has no pods of its own. */
    public static final Instances NONE = new Instances(0, 0);

    /** Both as a cell of a table: {@code 2/3}. */
    public String summary() {
      return ready + "/" + desired;
    }
  }

  /** It serves as specified. */
  public static Health ready(String message) {
    return new Health(State.READY, "Ready", message, Instances.NONE);
  }

  /** It does not serve, or not yet. */
  public static Health waiting(String reason, String message) {
    return new Health(State.WAITING, reason, message, Instances.NONE);
  }

  /** It serves, but less than specified. */
  public static Health degraded(String reason, String message) {
    return new Health(State.DEGRADED, reason, message, Instances.NONE);
  }

  /** The spec asks for what cannot be; the message says what to write instead. */
  public static Health refused(String reason, String message) {
    return new Health(State.REFUSED, reason, message, Instances.NONE);
  }

  /** The spec switches it off. */
  public static Health disabled() {
    return new Health(State.DISABLED, "Disabled", "switched off in the spec", Instances.NONE);
  }

  /** The spec switches it off for now. */
  public static Health stopped(String reason, String message) {
    return new Health(State.DISABLED, reason, message, Instances.NONE);
  }

  /** The same with its instances counted. */
  public Health counting(int ready, int desired) {
    return new Health(state, reason, message, new Instances(ready, desired));
  }

  /** The same while this is being done: it cannot be settled meanwhile. */
  public Health during(String step) {
    return isSettled()
        ? new Health(State.DEGRADED, "Underway", step, instances)
        : new Health(state, reason, message + ": " + step, instances);
  }

  /** Whether nothing is missing. */
  public boolean isSettled() {
    return state == State.READY || state == State.DISABLED;
  }

  /** Whether those who depend on it can use it. */
  public boolean serves() {
    return state == State.REFUSED ? instances.ready() > 0 : state != State.WAITING;
  }
}
