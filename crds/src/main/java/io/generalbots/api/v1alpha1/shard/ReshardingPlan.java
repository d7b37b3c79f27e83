package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Cell;
import io.generalbots.api.v1alpha1.schema.Word;
import org.jspecify.annotations.Nullable;

/** A plan that moves data. */
@ApiObject
public record ReshardingPlan(
    @JsonPropertyDescription("Hash of the plan, for the annotation generalbots.io/approve.")
        @Required
        @Word
        String hash,
    @JsonPropertyDescription("Moves it consists of.") @Required @Min(0) Integer moves,
    @JsonPropertyDescription("Keys that change their shard.") @Min(0) @Nullable Long keysMoved,
    @JsonPropertyDescription("Bytes that move.") @Min(0) @Nullable Long bytes,
    @JsonPropertyDescription("Tables whose rows move.") @Min(0) @Nullable Integer tables,
    @JsonPropertyDescription("Seconds that it will take, roughly.") @Min(0)
        @Nullable Long estimatedSeconds,
    @JsonPropertyDescription("What changes, for instance 4 to 5 shards.") @Cell
        @Nullable String change) {}
