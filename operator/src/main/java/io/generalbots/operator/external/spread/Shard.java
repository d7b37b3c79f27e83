package io.generalbots.operator.external.spread;

/**
 * Where a shard is.
 *
 * @param number its number, from 0
 * @param cluster the BotCluster whose PostgreSQL it is on
 * @param database its database there
 */
public record Shard(int number, String cluster, String database) {

  @Override
  public String toString() {
    return "shard %d (database %s of BotCluster %s)".formatted(number, database, cluster);
  }
}
