package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** What stands in when a component is away. */
@ApiObject
public record FallbackSpec(
    @JsonPropertyDescription("When no language model answers.") @Default("{}") LlmFallbackSpec llm,
    @JsonPropertyDescription("When Valkey is away.") @Default("{}") CacheFallbackSpec cache,
    @JsonPropertyDescription("When Qdrant is away.") @Default("{}") VectorFallbackSpec vectordb) {}
