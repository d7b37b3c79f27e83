package io.generalbots.api.v1alpha1.tenant;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Cell;
import org.jspecify.annotations.Nullable;

/** What a tenant uses. */
@ApiObject
public record TenantUsage(
    @JsonPropertyDescription("Bytes in its database.") @Min(0) @Nullable Long databaseBytes,
    @JsonPropertyDescription("Bytes of its keys in Valkey.") @Min(0) @Nullable Long cacheBytes,
    @JsonPropertyDescription("Bytes in its buckets.") @Min(0) @Nullable Long bucketBytes,
    @JsonPropertyDescription("Vectors in its collections.") @Min(0) @Nullable Long vectors,
    @JsonPropertyDescription("Open database connections.") @Min(0) @Nullable Integer connections,
    @JsonPropertyDescription("Bots that exist.") @Min(0) @Nullable Integer bots,
    @JsonPropertyDescription("All bytes together, for instance 1.2Gi.") @Cell
        @Nullable String summary) {}
