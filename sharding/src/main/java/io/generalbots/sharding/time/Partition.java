package io.generalbots.sharding.time;

/**
 * A part of a table.
 *
 * @param name of it, which is a table as well
 * @param span the times of the rows in it
 * @param bytes with its indexes
 * @param changes rows that were written, changed or removed since its server counts: another number
 *     means that it may have changed, and nothing else
 * @param isGuarded whether it is back from the archive, to be read only
 */
public record Partition(String name, Span span, long bytes, long changes, boolean isGuarded) {

  /** One that nothing more is known of. */
  public Partition(String name, Span span, long bytes) {
    this(name, span, bytes, 0, false);
  }
}
