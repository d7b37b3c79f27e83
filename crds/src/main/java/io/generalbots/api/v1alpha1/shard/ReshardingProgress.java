package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Cell;
import org.jspecify.annotations.Nullable;

/** How far a plan is. */
@ApiObject
public record ReshardingProgress(
    @JsonPropertyDescription("Moves that are done.") @Required @Min(0) Integer movesDone,
    @JsonPropertyDescription("All moves of the plan.") @Required @Min(0) Integer movesTotal,
    @JsonPropertyDescription("Bytes that have moved.") @Min(0) @Nullable Long bytesDone,
    @JsonPropertyDescription("In a cell, for instance 45%.") @Required @Cell String summary) {}
