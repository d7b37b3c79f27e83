package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.UrlPath;

/** How upstreams are watched. */
@ApiObject
public record HealthCheckSpec(
    @JsonPropertyDescription("Path that is asked.") @Default("/api/health") @UrlPath String path,
    @JsonPropertyDescription("Pause between two checks.") @Default("10") @Min(1) @Max(600)
        Integer intervalSeconds,
    @JsonPropertyDescription("How long an upstream that failed is left out.")
        @Default("30")
        @Min(1)
        @Max(3600)
        Integer failSeconds) {}
