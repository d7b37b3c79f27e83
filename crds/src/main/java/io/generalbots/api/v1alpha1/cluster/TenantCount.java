package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Cell;

/** Tenants that use a cluster. */
@ApiObject
public record TenantCount(
    @JsonPropertyDescription("Tenants that are ready.") @Required @Min(0) Integer ready,
    @JsonPropertyDescription("All tenants that use this cluster.") @Required @Min(0) Integer total,
    @JsonPropertyDescription("Both as a cell, for instance 3/3.") @Required @Cell String summary) {}
