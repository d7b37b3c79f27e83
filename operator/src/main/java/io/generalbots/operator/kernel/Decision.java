package io.generalbots.operator.kernel;

/**
 * A choice worth telling the user as an event.
 *
 * @param reason CamelCase, for machines
 * @param message one sentence, for people
 */
public record Decision(String reason, String message, boolean warning) {

  /** An expected step of a planned course. */
  public static Decision normal(String reason, String message) {
    return new Decision(reason, message, false);
  }

  /** A repair, or something the user should look at. */
  public static Decision warning(String reason, String message) {
    return new Decision(reason, message, true);
  }
}
