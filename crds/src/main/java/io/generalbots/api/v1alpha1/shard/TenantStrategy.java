package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.shared.Isolation;

/** Each tenant on one shard. */
@ApiObject
public record TenantStrategy(
    @JsonPropertyDescription(
            "How tenants are kept apart unless they say so themselves: Cell, Database or Schema.")
        @Default("Database")
        Isolation isolation,
    @JsonPropertyDescription("Makes a new shard when all are full.") @Default("true")
        Boolean autoProvision,
    @JsonPropertyDescription(
            "Which shard a new tenant gets: LeastTenants, LeastBytes or RoundRobin.")
        @Default("LeastTenants")
        TenantPlacement placement,
    @JsonPropertyDescription("Tenants after which a shard is full.")
        @Default("200")
        @Min(1)
        @Max(10000)
        Integer maxTenantsPerShard) {}
