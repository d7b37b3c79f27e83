package io.generalbots.operator.kernel;

/**
 * Why somebody does not get what their spec asks for.
 *
 * @param reason CamelCase, for machines
 * @param message a sentence, for people
 * @param waits whether it may pass without an edit of that
 */
public record Objection(String reason, String message, boolean waits) {

  /** What only an edit can mend. */
  public static Objection untilEdited(String reason, String message) {
    return new Objection(reason, message, false);
  }

  /** What may come about elsewhere. */
  public static Objection forNow(String reason, String message) {
    return new Objection(reason, message, true);
  }
}
