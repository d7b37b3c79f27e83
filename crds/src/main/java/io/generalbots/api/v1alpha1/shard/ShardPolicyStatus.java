package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Cell;
import io.generalbots.api.v1alpha1.schema.ListMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was seen of a ShardPolicy. */
@ApiObject
public record ShardPolicyStatus(
    @JsonPropertyDescription("Generation of the spec this status was made from.") @Min(0)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("State in one word.") @Nullable ShardPolicyPhase phase,
    @JsonPropertyDescription("Shards that are ready of all, for instance 4/4.") @Cell
        @Nullable String summary,
    @JsonPropertyDescription("State of each shard.") @Size(max = 256) @ListMap("name")
        List<ShardStatus> shards,
    @JsonPropertyDescription("Plan that waits or runs.") @Nullable ReshardingPlan plan,
    @JsonPropertyDescription("How far the plan is.") @Nullable ReshardingProgress progress,
    @JsonPropertyDescription("Partitions of strategy Time.") @Size(max = 2000) @ListMap("name")
        List<PartitionStatus> partitions,
    @JsonPropertyDescription("State by aspect; Ready is the sum.") @Size(max = 64) @ListMap("type")
        List<Condition> conditions) {
  public ShardPolicyStatus {
    shards = Absent.toEmpty(shards);
    partitions = Absent.toEmpty(partitions);
    conditions = Absent.toEmpty(conditions);
  }
}
