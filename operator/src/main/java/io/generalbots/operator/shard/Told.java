package io.generalbots.operator.shard;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.PartitionStatus;
import io.generalbots.api.v1alpha1.shard.ShardPolicyStatus;
import io.generalbots.api.v1alpha1.shard.ShardPolicyStatusBuilder;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.shard.time.Shelf;
import io.generalbots.operator.shard.time.Strays;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The status of a ShardPolicy, made from scratch in every round.
 *
 * @param scene where it finds itself
 * @param facts what was seen of its BotCluster's database
 * @param review the sum of the round
 */
record Told(Scene scene, Facts facts, Review review) {

  /** As many as the definition lets in. */
  private static final int MOST_PARTITIONS = 2000;

  ShardPolicyStatus status() {
    var previous = Optional.ofNullable(policy().getStatus());
    return new ShardPolicyStatusBuilder()
        .observedGeneration(policy().getMetadata().getGeneration())
        .phase(review.phase(previous.map(ShardPolicyStatus::phase)))
        .summary(review.summary().orElse(null))
        .partitions(partitions())
        .conditions(conditions(previous.map(ShardPolicyStatus::conditions).orElse(List.of())))
        .build();
  }

  /** The newest, where there are more than can be told. */
  private List<PartitionStatus> partitions() {
    var all = scene.isSet() ? shelf().told() : List.<PartitionStatus>of();
    return all.subList(Math.max(0, all.size() - MOST_PARTITIONS), all.size());
  }

  private List<Condition> conditions(List<Condition> before) {
    var all = new ArrayList<>(List.of(review.ready(), review.reconciling(), review.isStalled()));
    if (scene.isSet()) {
      all.add(Strays.condition(policy(), facts));
      all.add(shelf().archiveFailed());
    }
    return Conditions.timed(all, before, policy().getMetadata().getGeneration(), facts.now());
  }

  private Shelf shelf() {
    return new Shelf(policy(), facts);
  }

  private ShardPolicy policy() {
    return scene.policy();
  }
}
