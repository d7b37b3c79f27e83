package io.generalbots.sharding.hash;

import java.util.Arrays;

/**
 * How a hash chooses one of several shards, numbered from 0: version 1 of the published functions.
 *
 * <p>They never change. A better one gets a version of its own, since data lies where these say.
 */
public enum HashFunction {

  /**
   * {@link JumpHash Jump consistent hash}. From A to B shards it moves 1 - min(A, B) / max(A, B) of
   * the keys, the least that leaves shards even.
   */
  CONSISTENT_HASH("ConsistentHash") {
    @Override
    int choose(long hash, int count) {
      return JumpHash.shardOf(hash, count);
    }
  },

  /**
   * Remainder of the hash as an unsigned number. From A to B shards it moves 1 - gcd(A, B) / max(A,
   * B) of the keys: nearly all, unless one count divides the other.
   */
  MODULO("Modulo") {
    @Override
    int choose(long hash, int count) {
      return (int) Long.remainderUnsigned(hash, count);
    }
  };

  /** Version of all functions here, of {@link KeyHash} and of {@link KeyRange}. */
  public static final int VERSION = 1;

  /** Shards there can be. */
  public static final int MAX_COUNT = 256;

  private final String label;

  HashFunction(String label) {
    this.label = label;
  }

  /** Name in the API, in SQL and in a {@link RoutingTable}. */
  public String label() {
    return label;
  }

  /**
   * The function of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static HashFunction labelled(String label) {
    return Arrays.stream(values())
        .filter(f -> f.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a hash function is ConsistentHash or Modulo, not " + label));
  }

  /**
   * The shard of a hash, from 0 to count - 1.
   *
   * @param hash all 64 bits of {@link KeyHash}
   * @param count shards there are, from 1 to {@link #MAX_COUNT}
   */
  public int shardOf(long hash, int count) {
    return choose(hash, checkedCount(count));
  }

  abstract int choose(long hash, int count);

  static int checkedCount(int count) {
    if (count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException(
          "the number of shards must be 1 to " + MAX_COUNT + ", not " + count);
    }
    return count;
  }
}
