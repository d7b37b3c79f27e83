package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** How often a client may ask. */
@ApiObject
public record RateLimitSpec(
    @JsonPropertyDescription(
            "Whether limits are enforced; over the limit the answer is 429 with Retry-After.")
        @Default("true")
        Boolean enabled,
    @JsonPropertyDescription("Requests per window.") @Default("100") @Min(1) @Max(1000000)
        Integer requests,
    @JsonPropertyDescription("Length of the window.") @Default("60") @Min(1) @Max(86400)
        Integer windowSeconds,
    @JsonPropertyDescription("Requests above the limit that are let through at once.")
        @Default("20")
        @Min(0)
        @Max(1000000)
        Integer burst,
    @JsonPropertyDescription("What requests are counted by: Ip, User or Tenant.") @Default("Ip")
        RateLimitKey by,
    @JsonPropertyDescription("Tighter limits for single endpoints, in requests per window.")
        @Default("{}")
        EndpointLimitsSpec endpoints) {}
