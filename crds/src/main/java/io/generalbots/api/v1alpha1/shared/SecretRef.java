package io.generalbots.api.v1alpha1.shared;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ObjectName;

/** Names a Secret in the same namespace. */
@ApiObject
public record SecretRef(
    @JsonPropertyDescription("Name of the Secret, in the namespace of this resource.")
        @Required
        @ObjectName
        String secretName) {}
