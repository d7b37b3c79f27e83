package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** When Valkey is away. */
@ApiObject
public record CacheFallbackSpec(
    @JsonPropertyDescription("Whether bot servers go on without Valkey.") @Default("true")
        Boolean enabled,
    @JsonPropertyDescription("Memory: each bot server by itself.") @Default("Memory")
        CacheFallbackMode mode) {}
