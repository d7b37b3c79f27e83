package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** Which Tenants may use this cluster. */
@ApiObject
public record TenantsSpec(
    @JsonPropertyDescription(
            "Namespaces whose Tenants and ShardPolicies may refer to this cluster.")
        @Default("{}")
        AllowedNamespaces allowedNamespaces) {}
