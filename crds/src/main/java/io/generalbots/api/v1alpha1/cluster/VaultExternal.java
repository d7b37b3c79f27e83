package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.HttpUrl;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import org.jspecify.annotations.Nullable;

/** A vault outside of the BotCluster. */
@ApiObject
@ValidationRule(
    value = "!self.address.contains('localhost') && !self.address.contains('127.0.0.1')",
    message =
        "address must not be localhost: bot servers would start a vault of their own; write the name of the vault's service",
    fieldPath = ".address")
public record VaultExternal(
    @JsonPropertyDescription(
            "URL of the vault. Its host must not be localhost: bot servers would start a vault of their own.")
        @Required
        @HttpUrl
        String address,
    @JsonPropertyDescription(
            "Secret whose key ca.crt holds the certificate authority of the vault; the system's authorities when left out.")
        @ObjectName
        @Nullable String caSecretName,
    @JsonPropertyDescription("How to sign in.") @Required VaultAuth auth) {}
