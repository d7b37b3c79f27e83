package io.generalbots.sharding.time;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a plain table is on its way to being a partition.
 *
 * @param key state of the unique index that the partition has to have
 * @param bound up to when its rows may be, if that is checked on every write already
 */
public record Preparation(KeyIndex key, Optional<Bound> bound) {

  /** Nothing was done. */
  public static final Preparation NONE = new Preparation(KeyIndex.ABSENT, Optional.empty());

  /** State of an index that is built while rows are written. */
  public enum KeyIndex {
    /** There is none. */
    ABSENT,
    /** Somebody builds it. */
    BUILDING,
    /** Whoever built it did not end well. */
    BROKEN,
    /** It can be used. */
    BUILT
  }

  /**
   * A check that no row is of this time or later.
   *
   * @param at the first moment that is refused
   * @param isProven whether the rows of before have been looked at as well
   */
  public record Bound(Instant at, boolean isProven) {}
}
