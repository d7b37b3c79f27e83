package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
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
    @JsonPropertyDescription("Bytes that move.") @Min(0) @Nullable Long bytes) {}
