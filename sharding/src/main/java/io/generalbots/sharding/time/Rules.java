package io.generalbots.sharding.time;

/**
 * How a table is to be partitioned.
 *
 * @param column that says where a row belongs
 * @param interval how long a partition is
 * @param ahead how many there are after the one of now
 */
public record Rules(String column, Interval interval, int ahead) {

  /** Refuses what would leave no partition for tomorrow. */
  public Rules {
    if (ahead < 1) {
      throw new IllegalArgumentException("at least one partition ahead, not " + ahead);
    }
  }
}
