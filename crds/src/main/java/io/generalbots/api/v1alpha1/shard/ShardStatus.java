package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.Address;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Label;
import org.jspecify.annotations.Nullable;

/** State of a shard. */
@ApiObject
public record ShardStatus(
    @JsonPropertyDescription("Name of the shard.") @Required @Label String name,
    @JsonPropertyDescription("host:port of the shard.") @Address @Nullable String endpoint,
    @JsonPropertyDescription("Whether it serves.") @Required Boolean ready,
    @JsonPropertyDescription("Tenants on it.") @Min(0) @Nullable Integer tenants,
    @JsonPropertyDescription("Bytes on it.") @Min(0) @Nullable Long bytes,
    @JsonPropertyDescription("Its part of all data, in percent.") @Min(0) @Max(100)
        @Nullable Integer share) {}
