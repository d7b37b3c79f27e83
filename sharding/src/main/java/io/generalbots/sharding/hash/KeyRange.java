package io.generalbots.sharding.hash;

/**
 * The 256 equal ranges that hashes are cut into by their top 8 bits: keys that move in one go.
 *
 * <p>Each holds 1/256 of the keys of every shard, whatever the number of shards: progress is even.
 */
public final class KeyRange {

  /** Ranges there are, numbered from 0. */
  public static final int COUNT = 256;

  private KeyRange() {}

  /** The range of a hash; {@code sharding.key_range(hash)} in SQL. */
  public static int of(long hash) {
    return (int) (hash >>> 56);
  }
}
