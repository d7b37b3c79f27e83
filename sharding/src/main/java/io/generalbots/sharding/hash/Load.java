package io.generalbots.sharding.hash;

/**
 * What was measured on a shard.
 *
 * @param keys distinct keys
 * @param bytes size of their rows with indexes, in bytes
 */
public record Load(long keys, long bytes) {

  public Load {
    if (keys < 0 || bytes < 0) {
      throw new IllegalArgumentException("less than nothing was measured: " + keys + ", " + bytes);
    }
  }

  /**
   * One of so many equal parts. The parts add up to the whole exactly; two of them differ by 1 at
   * most.
   */
  Load part(int index, int parts) {
    return new Load(part(keys, index, parts), part(bytes, index, parts));
  }

  private static long part(long whole, int index, int parts) {
    return upTo(whole, index + 1, parts) - upTo(whole, index, parts);
  }

  /** floor(whole * index / parts), which would overflow if it were multiplied first. */
  private static long upTo(long whole, int index, int parts) {
    return whole / parts * index + whole % parts * index / parts;
  }
}
