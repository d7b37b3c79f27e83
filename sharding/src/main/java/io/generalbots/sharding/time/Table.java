package io.generalbots.sharding.time;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A table as it was found.
 *
 * @param name of it
 * @param shape what it is
 */
public record Table(String name, Shape shape) {

  /** What a table can be. */
  public sealed interface Shape {}

  /** There is none of this name. */
  public record Missing() implements Shape {}

  /** Something that has a name and is no table: a view, say. */
  public record Foreign(String what) implements Shape {}

  /**
   * A table of its own.
   *
   * @param traits what matters of it
   * @param preparation what was done already
   * @param latest time of a row in it, as far as that could be told
   * @param bytes with its indexes
   */
  public record Plain(Traits traits, Preparation preparation, Optional<Instant> latest, long bytes)
      implements Shape {}

  /**
   * One that is in parts.
   *
   * @param columns by which it is
   * @param isByRange whether each part is a span of them
   * @param partitions its parts, but for that of all others
   * @param overflow that of all others
   */
  public record Partitioned(
      List<String> columns,
      boolean isByRange,
      List<Partition> partitions,
      Optional<Overflow> overflow)
      implements Shape {
    public Partitioned {
      columns = List.copyOf(columns);
      partitions = List.copyOf(partitions);
    }
  }
}
