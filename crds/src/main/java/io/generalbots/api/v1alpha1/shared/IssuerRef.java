package io.generalbots.api.v1alpha1.shared;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.HostName;
import io.generalbots.api.v1alpha1.schema.ObjectName;

/** Names a cert-manager issuer. */
@ApiObject
public record IssuerRef(
    @JsonPropertyDescription("Name of the issuer.") @Required @ObjectName String name,
    @JsonPropertyDescription("Issuer (same namespace) or ClusterIssuer.") @Default("Issuer")
        IssuerKind kind,
    @JsonPropertyDescription("API group of the issuer.") @Default("cert-manager.io") @HostName
        String group) {}
