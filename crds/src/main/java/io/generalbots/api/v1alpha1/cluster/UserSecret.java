package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import io.generalbots.api.v1alpha1.schema.SecretPath;

/** Values of the user's own. */
@ApiObject
public record UserSecret(
    @JsonPropertyDescription("Where in the vault the values go, for instance gbo/llm.")
        @Required
        @SecretPath
        String path,
    @JsonPropertyDescription("Secret in this namespace whose keys are copied there.")
        @Required
        @ObjectName
        String secretName) {}
