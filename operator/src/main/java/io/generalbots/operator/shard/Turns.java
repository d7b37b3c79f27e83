package io.generalbots.operator.shard;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.ShardPolicyStatus;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Decision;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What turned between two statuses of a ShardPolicy and is worth telling as an event. */
final class Turns {

  private static final Set<String> TOLD =
      Set.of(
          "Ready", "Stalled", "RowsInDefault", "ArchiveFailed", "PlanPending", "ReshardingActive");

  private Turns() {}

  static List<Decision> between(ShardPolicy before, ShardPolicyStatus now) {
    var former =
        Optional.ofNullable(before.getStatus())
            .map(ShardPolicyStatus::conditions)
            .orElse(List.of());
    return now.conditions().stream()
        .filter(c -> TOLD.contains(c.getType()))
        .filter(c -> !"Unknown".equals(c.getStatus()))
        .filter(c -> Conditions.hasTurned(c, former))
        .map(Turns::decision)
        .toList();
  }

  private static Decision decision(Condition now) {
    var on = "True".equals(now.getStatus());
    return new Decision(
        (on ? "" : "Not") + now.getType(),
        now.getReason() + ": " + now.getMessage(),
        "Ready".equals(now.getType()) != on);
  }
}
