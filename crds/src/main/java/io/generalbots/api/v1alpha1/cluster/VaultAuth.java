package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import org.jspecify.annotations.Nullable;

/** How to sign in to a vault; exactly one way. */
@ApiObject
@ValidationRule(
    value = "has(self.kubernetes) != has(self.tokenSecretName)",
    message = "auth needs exactly one way to sign in: write either kubernetes or tokenSecretName")
public record VaultAuth(
    @JsonPropertyDescription("Sign in with the ServiceAccount.")
        @Nullable VaultKubernetesAuth kubernetes,
    @JsonPropertyDescription("Secret whose key token holds a periodic token.") @ObjectName
        @Nullable String tokenSecretName) {}
