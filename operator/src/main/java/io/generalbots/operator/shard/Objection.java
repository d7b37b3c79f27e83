package io.generalbots.operator.shard;

/**
 * Why a ShardPolicy does not get what it asks for.
 *
 * @param reason CamelCase, for machines
 * @param message a sentence, for people
 * @param waits whether it may pass without an edit
 */
record Objection(String reason, String message, boolean waits) {

  static Objection untilEdited(String reason, String message) {
    return new Objection(reason, message, false);
  }

  static Objection forNow(String reason, String message) {
    return new Objection(reason, message, true);
  }
}
