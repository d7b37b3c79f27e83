package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.NestedDefault;
import io.generalbots.api.v1alpha1.shared.Storage;
import org.jspecify.annotations.Nullable;

/** Size of a dedicated shard. */
@ApiObject
public record ShardTemplate(
    @JsonPropertyDescription("PostgreSQL servers of each shard.") @Default("2") @Min(1) @Max(9)
        Integer instances,
    @JsonPropertyDescription("The data volume of each server.")
        @Default("{}")
        @NestedDefault(field = "size", value = "20Gi")
        Storage storage,
    @JsonPropertyDescription("Compute resources of each server.")
        @Nullable ResourceRequirements resources) {}
