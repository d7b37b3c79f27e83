package io.generalbots.sharding.time;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Which partitions have been there for long enough.
 *
 * @param months of the calendar, in UTC, that a row stays at least
 * @param now the time; of several clocks the one that is behind, since nothing that goes comes back
 *     by itself
 */
public record Retention(int months, Instant now) {

  /** Refuses what would leave nothing. */
  public Retention {
    if (months < 1) {
      throw new IllegalArgumentException("at least one month, not " + months);
    }
  }

  /** Those of which every row is older, the oldest first. In O(n log n). */
  public List<Partition> over(Collection<Partition> partitions) {
    return partitions.stream()
        .filter(partition -> isOver(partition.span()))
        .sorted(Comparator.comparing(partition -> partition.span().to()))
        .toList();
  }

  private boolean isOver(Span span) {
    var oldest = now.atOffset(ZoneOffset.UTC).minusMonths(months).toInstant();
    return !span.to().isAfter(oldest);
  }
}
