package io.generalbots.sharding.time;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of time, in UTC.
 *
 * @param from the first moment in it; {@link Instant#MIN} for what has no beginning
 * @param to the first moment after it; {@link Instant#MAX} for what has no end
 */
public record Span(Instant from, Instant to) {

  /** Refuses what ends before it begins. */
  public Span {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("%s is not before %s".formatted(from, to));
    }
  }

  /** Whether this moment is in it. */
  public boolean contains(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(to);
  }

  /** Whether any moment is in both. */
  public boolean overlaps(Span other) {
    return from.isBefore(other.to) && other.from.isBefore(to);
  }

  /**
   * What of it is in none of the others, in order; they must not overlap each other. In O(n log n).
   */
  public List<Span> without(Collection<Span> others) {
    var free = new ArrayList<Span>();
    var next = from;
    var inTheWay =
        others.stream().filter(this::overlaps).sorted(Comparator.comparing(Span::from)).toList();
    for (var other : inTheWay) {
      if (next.isBefore(other.from)) {
        free.add(new Span(next, other.from));
      }
      next = other.to;
    }
    if (next.isBefore(to)) {
      free.add(new Span(next, to));
    }
    return free;
  }
}
