package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.api.model.Quantity;
import io.generalbots.api.v1alpha1.tenant.LimitsSpec;
import io.generalbots.operator.kernel.Reading;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much a Tenant has in the stores of its BotCluster; empty where nobody could tell yet. Sizes
 * are rounded down, so that not every row that is written is news.
 *
 * @param database bytes in its database
 * @param cache bytes of its keys
 * @param buckets bytes in each bucket of the bots that it names, be they its own or not
 * @param vectors points in its collections
 */
public record Usage(
    Optional<Long> database,
    Optional<Long> cache,
    Optional<Map<String, Long>> buckets,
    Optional<Long> vectors)
    implements Reading {

  /** Of a size no more than the first binary digits are told: one part in 64. */
  private static final int PARTS = 64;

  private static final long LEAST = 1L << 16;

  public Usage {
    database = database.map(Usage::size);
    cache = cache.map(Usage::size);
    vectors = vectors.map(points -> rounded(points, 1));
    buckets = buckets.map(Usage::sizes);
  }

  /**
   * Whether any of it is more than this.
   *
   * @param limits as they were read: fields may lack that have a default since
   */
  boolean exceeds(@Nullable LimitsSpec limits) {
    return limits != null
        && (exceeds(database, limits.databaseSize())
            || exceeds(cache, limits.cacheMemory())
            || exceeds(buckets.map(Usage::sum), limits.bucketSize())
            || exceeds(vectors, limits.vectors()));
  }

  private static boolean exceeds(Optional<Long> bytes, @Nullable Quantity limit) {
    return limit != null
        && bytes.filter(b -> b > Quantity.getAmountInBytes(limit).longValue()).isPresent();
  }

  private static boolean exceeds(Optional<Long> points, @Nullable Long limit) {
    return limit != null && points.filter(p -> p > limit).isPresent();
  }

  private static long sum(Map<String, Long> sizes) {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long size(long bytes) {
    return rounded(bytes, LEAST);
  }

  private static long rounded(long amount, long least) {
    var step = Math.max(least, Long.highestOneBit(amount) / PARTS);
    return amount / step * step;
  }

  private static Map<String, Long> sizes(Map<String, Long> sizes) {
    var all = new TreeMap<String, Long>();
    sizes.forEach((bucket, bytes) -> all.put(bucket, size(bytes)));
    return all;
  }
}
