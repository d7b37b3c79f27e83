package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import org.jspecify.annotations.Nullable;

/** The connection pooler. */
@ApiObject
@ValidationRule(
    value = "self.defaultPoolSize <= self.maxClientConnections",
    message = "defaultPoolSize is above maxClientConnections: lower defaultPoolSize",
    fieldPath = ".defaultPoolSize")
public record PoolerSpec(
    @JsonPropertyDescription("Whether the pooler runs.") @Default("true") Boolean enabled,
    @JsonPropertyDescription("Number of poolers behind the service.") @Default("2") @Min(1) @Max(10)
        Integer instances,
    @JsonPropertyDescription(
            "When a server connection goes back to the pool: Transaction, Session or Statement.")
        @Default("Transaction")
        PoolMode poolMode,
    @JsonPropertyDescription("Client connections that each pooler accepts.")
        @Default("1000")
        @Min(10)
        @Max(100000)
        Integer maxClientConnections,
    @JsonPropertyDescription("Server connections per database and user that each pooler opens.")
        @Default("20")
        @Min(1)
        @Max(5000)
        Integer defaultPoolSize,
    @JsonPropertyDescription("Compute resources of each pooler.")
        @Nullable ResourceRequirements resources) {}
