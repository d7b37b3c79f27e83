package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Email;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import io.generalbots.api.v1alpha1.shared.IssuerRef;
import org.jspecify.annotations.Nullable;

/** Certificates of the public host names. */
@ApiObject
@ValidationRule(
    value = "self.mode != 'Provided' || has(self.secretName)",
    message =
        "mode Provided needs a certificate: write tls.secretName, a Secret of type kubernetes.io/tls",
    fieldPath = ".secretName")
@ValidationRule(
    value = "self.mode == 'Provided' || !has(self.secretName)",
    message = "secretName needs mode Provided: write mode: Provided, or remove secretName",
    fieldPath = ".secretName")
@ValidationRule(
    value = "self.mode == 'Automatic' || !has(self.issuerRef)",
    message = "issuerRef needs mode Automatic: write mode: Automatic, or remove issuerRef",
    fieldPath = ".issuerRef")
public record GatewayTlsSpec(
    @JsonPropertyDescription(
            "Automatic (the issuer named in issuerRef, otherwise whoever signs the certificates of this BotCluster), Provided (secretName) or Disabled (a proxy in front ends TLS).")
        @Default("Automatic")
        GatewayTlsMode mode,
    @JsonPropertyDescription("A cert-manager issuer that signs, for instance one of Let's Encrypt.")
        @Nullable IssuerRef issuerRef,
    @JsonPropertyDescription(
            "Secret of type kubernetes.io/tls with the certificate, for mode Provided.")
        @ObjectName
        @Nullable String secretName,
    @JsonPropertyDescription(
            "Address the certificate authority writes to when a certificate is in danger.")
        @Email
        @Nullable String email) {}
