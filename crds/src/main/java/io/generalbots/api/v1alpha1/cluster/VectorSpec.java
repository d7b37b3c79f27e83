package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Script;
import org.jspecify.annotations.Nullable;

/** The log and metric pipeline. */
@ApiObject
public record VectorSpec(
    @JsonPropertyDescription("Whether Vector runs; left to the profile when left out.")
        @Nullable Boolean enabled,
    @JsonPropertyDescription("Configuration of Vector in TOML, instead of the operator's own.")
        @Script
        @Nullable String pipeline) {}
