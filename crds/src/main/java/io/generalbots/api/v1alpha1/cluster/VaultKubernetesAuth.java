package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.SecretPath;
import io.generalbots.api.v1alpha1.schema.Word;

/** Kubernetes authentication. */
@ApiObject
public record VaultKubernetesAuth(
    @JsonPropertyDescription("Role to sign in with.") @Required @Word String role,
    @JsonPropertyDescription("Mount of the authentication method.")
        @Default("kubernetes")
        @SecretPath
        String mountPath) {}
