package io.generalbots.sharding.hash;

import java.util.OptionalInt;

/**
 * Where a key is.
 *
 * @param stage how far its move is
 * @param shard the one that reads and writes go to
 * @param other while the key moves, the shard that its rows are copied to meanwhile
 */
public record Route(Stage stage, int shard, OptionalInt other) {

  /** How far the move of a key is. */
  public enum Stage {
    /** It does not move: its shard is the same before and after. */
    SETTLED,
    /** It will move, and is still where it was. */
    WAITING,
    /** Its range moves now, on or back. */
    MOVING,
    /** It has moved. */
    MOVED
  }

  static Route settled(int shard) {
    return new Route(Stage.SETTLED, shard, OptionalInt.empty());
  }
}
