package io.generalbots.operator.external.spread;

import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Step;
import io.generalbots.sharding.hash.Turn;

/** A step with the shards of a policy. */
public sealed interface ShardStep extends Step {

  /** What is spread, and where. */
  Spread spread();

  /** What is done, in words for people. */
  String words();

  /**
   * A database becomes a shard.
   *
   * @param shard its number
   * @param turn what it begins with
   */
  record OpenShard(Spread spread, int shard, Turn turn) implements ShardStep {

    @Override
    public String words() {
      return "%s is made ready".formatted(spread.shards().get(shard));
    }

    @Override
    public Decision decision() {
      return Decision.normal("ShardOpened", "%s is ready".formatted(spread.shards().get(shard)));
    }
  }

  /**
   * A table comes to a shard, without rows; on the first shard it gets what keeps writers off keys
   * that have moved.
   *
   * @param shard its number
   * @param table its name
   */
  record SpreadTable(Spread spread, int shard, String table) implements ShardStep {

    @Override
    public String words() {
      return "table %s is made ready on shard %d".formatted(table, shard);
    }

    @Override
    public Decision decision() {
      return Decision.normal("TableSpread", words());
    }
  }

  /**
   * Rows move until a number of shards has them.
   *
   * @param goal how many
   * @param ranges of hashes that move at a time
   */
  record MoveRows(Spread spread, int goal, int ranges) implements ShardStep {

    @Override
    public String words() {
      return "rows move, so that %d shards have them".formatted(goal);
    }

    @Override
    public Decision decision() {
      return Decision.normal("Resharded", "%d shards have all rows".formatted(goal));
    }
  }
}
