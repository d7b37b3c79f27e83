package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** How tenants share Qdrant. */
@ApiObject
public record QdrantTenancySpec(
    @JsonPropertyDescription(
            "Gives each tenant a signed token that opens its own collections and nothing else.")
        @Default("true")
        Boolean accessTokens,
    @JsonPropertyDescription("Collections one tenant may have.") @Default("100") @Min(1) @Max(10000)
        Integer maxCollectionsPerTenant) {}
