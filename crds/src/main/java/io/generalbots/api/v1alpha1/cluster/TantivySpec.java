package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.NestedDefault;
import io.generalbots.api.v1alpha1.shared.Storage;
import org.jspecify.annotations.Nullable;

/** The Tantivy service. */
@ApiObject
public record TantivySpec(
    @JsonPropertyDescription("Whether it runs.") @Default("false") Boolean enabled,
    @JsonPropertyDescription("Number of servers.") @Default("1") @Min(1) @Max(9) Integer replicas,
    @JsonPropertyDescription("The index volume of each server.")
        @Default("{}")
        @NestedDefault(field = "size", value = "10Gi")
        Storage storage,
    @JsonPropertyDescription("Compute resources of each server.")
        @Nullable ResourceRequirements resources) {}
