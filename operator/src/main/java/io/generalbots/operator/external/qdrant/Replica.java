package io.generalbots.operator.external.qdrant;

/**
 * A copy of a shard.
 *
 * @param shard the number of the shard in its collection
 * @param peer who has it
 * @param state as Qdrant spells it
 */
record Replica(int shard, long peer, String state) {

  private static final String ACTIVE = "Active";

  /** Whether it is whole: only such a copy counts. */
  boolean isActive() {
    return ACTIVE.equals(state);
  }
}
