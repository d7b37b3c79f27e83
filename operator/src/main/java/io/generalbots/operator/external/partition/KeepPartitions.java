package io.generalbots.operator.external.partition;

import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Step;
import io.generalbots.sharding.time.Deed;

/**
 * One step with a table of a BotCluster's bot servers.
 *
 * @param cluster the name of the BotCluster
 * @param table its name, in the schema {@code public}
 * @param column that says where a row belongs
 * @param deed what is done
 */
public record KeepPartitions(String cluster, String table, String column, Deed deed)
    implements Step {

  @Override
  public Decision decision() {
    return Decision.normal("Partitioning", words());
  }

  String words() {
    return "table %s: %s".formatted(table, deed.words());
  }
}
