package io.generalbots.api.v1alpha1.tenant;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Label;

/** Where a tenant lives. */
@ApiObject
public record Placement(
    @JsonPropertyDescription("Shard of the ShardPolicy. Changing it moves the tenant.")
        @Required
        @Label
        String shard) {}
