package io.generalbots.api.v1alpha1.tenant;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.Quantity;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** How much a tenant may use. */
@ApiObject
public record LimitsSpec(
    @JsonPropertyDescription("Database connections at the same time.")
        @Default("20")
        @Min(1)
        @Max(10000)
        Integer connections,
    @JsonPropertyDescription("Size of its database.") @Default("10Gi") Quantity databaseSize,
    @JsonPropertyDescription("Memory of its keys in Valkey.") @Default("64Mi") Quantity cacheMemory,
    @JsonPropertyDescription("Size of its buckets together.") @Default("10Gi") Quantity bucketSize,
    @JsonPropertyDescription("Vectors in its collections.")
        @Default("1000000")
        @Min(0)
        @Max(100000000000L)
        Long vectors,
    @JsonPropertyDescription("Bots that exist.") @Default("100") @Min(1) @Max(1000) Integer bots,
    @JsonPropertyDescription("Requests through the gateway.") @Default("600") @Min(1) @Max(10000000)
        Integer requestsPerMinute) {}
