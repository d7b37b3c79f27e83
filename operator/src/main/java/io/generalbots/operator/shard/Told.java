package io.generalbots.operator.shard;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.PartitionStatus;
import io.generalbots.api.v1alpha1.shard.ShardPolicyStatus;
import io.generalbots.api.v1alpha1.shard.ShardPolicyStatusBuilder;
import io.generalbots.api.v1alpha1.shard.Strategy;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.shard.geo.Regions;
import io.generalbots.operator.shard.report.ShardReport;
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
 * @param report what is to be said of shards, where there are some
 * @param review the sum of the round
 */
record Told(Scene scene, Facts facts, Optional<ShardReport> report, Review review) {

  /** As many as the definition lets in. */
  private static final int MOST_PARTITIONS = 2000;

  ShardPolicyStatus status() {
    var previous = Optional.ofNullable(policy().getStatus());
    var status = new ShardPolicyStatusBuilder();
    report.ifPresent(a -> a.tell(status));
    regions().ifPresent(r -> r.tell(status, facts.settings()));
    return status
        .observedGeneration(policy().getMetadata().getGeneration())
        .phase(review.phase(previous.map(ShardPolicyStatus::phase)))
        .summary(review.summary().orElse(null))
        .partitions(partitions())
        .conditions(conditions(previous.map(ShardPolicyStatus::conditions).orElse(List.of())))
        .build();
  }

  /** The newest, where there are more than can be told. */
  private List<PartitionStatus> partitions() {
    var all = isByTime() ? shelf().told() : List.<PartitionStatus>of();
    return all.subList(Math.max(0, all.size() - MOST_PARTITIONS), all.size());
  }

  private List<Condition> conditions(List<Condition> before) {
    var all = new ArrayList<>(List.of(review.ready(), review.reconciling(), review.isStalled()));
    report.ifPresent(a -> all.addAll(a.conditions()));
    if (isByTime()) {
      all.add(Strays.condition(policy(), facts));
      all.add(shelf().archiveFailed());
    }
    return Conditions.timed(all, before, policy().getMetadata().getGeneration(), facts.now());
  }

  private Optional<Regions> regions() {
    return scene
        .cluster()
        .filter(c -> scene.isSet() && policy().getSpec().strategy() == Strategy.GEO)
        .map(c -> new Regions(policy(), c, scene.regions()));
  }

  private boolean isByTime() {
    return scene.isSet() && policy().getSpec().strategy() == Strategy.TIME;
  }

  private Shelf shelf() {
    return new Shelf(policy(), facts);
  }

  private ShardPolicy policy() {
    return scene.policy();
  }
}
