package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** Limits of single endpoints. */
@ApiObject
public record EndpointLimitsSpec(
    @JsonPropertyDescription("Requests per window to the chat endpoints.")
        @Default("30")
        @Min(1)
        @Max(1000000)
        Integer chat,
    @JsonPropertyDescription("Requests per window to the file endpoints.")
        @Default("50")
        @Min(1)
        @Max(1000000)
        Integer files,
    @JsonPropertyDescription("Requests per window to the sign-in endpoints.")
        @Default("10")
        @Min(1)
        @Max(1000000)
        Integer auth,
    @JsonPropertyDescription("Requests per window to the language model endpoints.")
        @Default("20")
        @Min(1)
        @Max(1000000)
        Integer llm) {}
