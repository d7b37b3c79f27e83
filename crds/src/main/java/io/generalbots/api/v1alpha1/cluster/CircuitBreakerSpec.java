package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** When a failing upstream is left alone. */
@ApiObject
public record CircuitBreakerSpec(
    @JsonPropertyDescription("Whether the circuit breaker works.") @Default("true") Boolean enabled,
    @JsonPropertyDescription("Failures in a row that open the circuit.")
        @Default("5")
        @Min(1)
        @Max(1000)
        Integer threshold,
    @JsonPropertyDescription("How long an open circuit answers 503 before it tries again.")
        @Default("30")
        @Min(1)
        @Max(3600)
        Integer timeoutSeconds,
    @JsonPropertyDescription("Requests that must succeed before the circuit closes.")
        @Default("3")
        @Min(1)
        @Max(100)
        Integer halfOpenRequests) {}
