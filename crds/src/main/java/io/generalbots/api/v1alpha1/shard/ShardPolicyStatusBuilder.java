package io.generalbots.api.v1alpha1.shard;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the status of a ShardPolicy, field by field. */
public final class ShardPolicyStatusBuilder {
  private @Nullable Long observedGeneration;
  private @Nullable ShardPolicyPhase phase;
  private @Nullable String summary;
  private List<ShardStatus> shards = List.of();
  private @Nullable ReshardingPlan plan;
  private @Nullable ReshardingProgress progress;
  private List<PartitionStatus> partitions = List.of();
  private List<Condition> conditions = List.of();

  public ShardPolicyStatusBuilder observedGeneration(@Nullable Long value) {
    observedGeneration = value;
    return this;
  }

  public ShardPolicyStatusBuilder phase(@Nullable ShardPolicyPhase value) {
    phase = value;
    return this;
  }

  public ShardPolicyStatusBuilder summary(@Nullable String value) {
    summary = value;
    return this;
  }

  public ShardPolicyStatusBuilder shards(List<ShardStatus> value) {
    shards = value;
    return this;
  }

  public ShardPolicyStatusBuilder plan(@Nullable ReshardingPlan value) {
    plan = value;
    return this;
  }

  public ShardPolicyStatusBuilder progress(@Nullable ReshardingProgress value) {
    progress = value;
    return this;
  }

  public ShardPolicyStatusBuilder partitions(List<PartitionStatus> value) {
    partitions = value;
    return this;
  }

  public ShardPolicyStatusBuilder conditions(List<Condition> value) {
    conditions = value;
    return this;
  }

  /** The status with what was set; the rest is absent. */
  public ShardPolicyStatus build() {
    return new ShardPolicyStatus(
        observedGeneration, phase, summary, shards, plan, progress, partitions, conditions);
  }
}
