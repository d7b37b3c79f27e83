package io.generalbots.api.v1alpha1.tenant;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** What a tenant begins with. */
@ApiObject
public record TenantBootstrap(
    @JsonPropertyDescription("An export of another tenant.") @Required ImportSpec export) {}
