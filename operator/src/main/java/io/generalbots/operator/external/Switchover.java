package io.generalbots.operator.external;

import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Step;

/**
 * A planned change of the primary of a cluster's Postgres, with the pooler holding back its
 * clients.
 *
 * @param cluster the name of the BotCluster
 * @param leader the pod that is primary now
 * @param candidate the pod that is to be primary
 * @param why what asked for it, as the end of a sentence: "it runs an old revision"
 */
public record Switchover(String cluster, String leader, String candidate, String why)
    implements Step {

  @Override
  public Decision decision() {
    return Decision.normal(
        "SwitchedOver", "made %s primary instead of %s: %s".formatted(candidate, leader, why));
  }
}
