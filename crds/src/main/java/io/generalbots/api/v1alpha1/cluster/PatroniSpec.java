package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** Timing of the automatic failover. */
@ApiObject
@ValidationRule(
    value = "self.loopWaitSeconds + 2 * self.retryTimeoutSeconds <= self.ttlSeconds",
    message =
        "ttlSeconds must be at least loopWaitSeconds + 2 * retryTimeoutSeconds: raise ttlSeconds or lower the other two",
    fieldPath = ".ttlSeconds")
public record PatroniSpec(
    @JsonPropertyDescription(
            "Lifetime of the leader's lock: how long a dead primary stays undetected. Patroni takes no less than 20.")
        @Default("20")
        @Min(20)
        @Max(300)
        Integer ttlSeconds,
    @JsonPropertyDescription("Pause between two looks at the state of the cluster.")
        @Default("3")
        @Min(1)
        @Max(60)
        Integer loopWaitSeconds,
    @JsonPropertyDescription(
            "How long PostgreSQL and the Kubernetes API may fail before the primary steps down.")
        @Default("5")
        @Min(3)
        @Max(120)
        Integer retryTimeoutSeconds,
    @JsonPropertyDescription("A standby further behind than this is never promoted.")
        @Default("33554432")
        @Min(1048576)
        @Max(1099511627776L)
        Long maximumLagOnFailoverBytes,
    @JsonPropertyDescription(
            "Keeps the primary while the Kubernetes API is away, as long as it reaches all members.")
        @Default("true")
        Boolean failsafeMode) {}
