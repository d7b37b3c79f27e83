package io.generalbots.operator.shard.report;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.shard.ShardPolicyPhase;
import io.generalbots.api.v1alpha1.shard.ShardPolicyStatusBuilder;
import java.util.List;
import java.util.Optional;

/** What a policy says of its shards: their shares, the plan, how far it is. */
public interface ShardReport {

  /** The phase while all serve, and a plan waits or something moves. */
  Optional<ShardPolicyPhase> phase();

  /** Adds what there is to say. */
  void tell(ShardPolicyStatusBuilder status);

  /** Whether everything is where it should be, and what keeps it from it. */
  List<Condition> conditions();
}
