package io.generalbots.sharding.hash;

/**
 * Jump consistent hash, from J. Lamping and E. Veach, "A Fast, Minimal Memory, Consistent Hash
 * Algorithm" (2014, arXiv:1406.2294), in whole numbers.
 *
 * <p>A generator of pseudo-random numbers is seeded with the hash. It tells at which counts of
 * shards the key jumps, and always to the shard that is then the last: so that growth moves keys to
 * new shards only, and of those exactly the share that is due.
 *
 * <p>The paper divides in floating point. Whole numbers say the same without rounding, and every
 * language has them. The two differ for one key of 10<sup>10</sup>, where a quotient is a whole
 * number that rounding misses.
 */
final class JumpHash {

  /** Multiplier of the linear congruential generator modulo 2<sup>64</sup>; from the paper. */
  private static final long MULTIPLIER = 2862933555777941757L;

  private JumpHash() {}

  /**
   * The last jump below the count. O(ln count) steps expected: 6.1 for 256 shards; at most count.
   */
  static int shardOf(long hash, int count) {
    var state = hash;
    var shard = 0L;
    for (var next = 0L; next < count; next = ((shard + 1) << 31) / ((state >>> 33) + 1)) {
      shard = next;
      state = state * MULTIPLIER + 1;
    }
    return (int) shard;
  }
}
