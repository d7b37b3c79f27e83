package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** When Qdrant is away. */
@ApiObject
public record VectorFallbackSpec(
    @JsonPropertyDescription("Whether bot servers go on without Qdrant.") @Default("true")
        Boolean enabled,
    @JsonPropertyDescription("KeywordSearch: full-text search in PostgreSQL.")
        @Default("KeywordSearch")
        VectorFallbackMode mode) {}
