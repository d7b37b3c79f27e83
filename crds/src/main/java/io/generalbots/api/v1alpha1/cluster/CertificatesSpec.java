package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import io.generalbots.api.v1alpha1.shared.IssuerRef;
import org.jspecify.annotations.Nullable;

/** Certificates between the components. */
@ApiObject
@ValidationRule(
    value = "!(has(self.issuerRef) && has(self.caSecretName))",
    message = "issuerRef and caSecretName exclude each other: remove one of the two")
@ValidationRule(
    value = "!has(self.serverSecretName) || has(self.caSecretName)",
    message =
        "clients must know who signed your certificate: write certificates.caSecretName beside serverSecretName",
    fieldPath = ".caSecretName")
@ValidationRule(
    value = "self.renewBeforeDays < self.lifetimeDays",
    message = "renewBeforeDays must be below lifetimeDays: lower renewBeforeDays",
    fieldPath = ".renewBeforeDays")
public record CertificatesSpec(
    @JsonPropertyDescription(
            "Secret with your own authority: tls.crt and tls.key to sign with, or ca.crt alone beside serverSecretName. The operator makes one when left out.")
        @ObjectName
        @Nullable String caSecretName,
    @JsonPropertyDescription(
            "Secret of type kubernetes.io/tls with your own server certificate for all services of this cluster. The operator makes one when left out.")
        @ObjectName
        @Nullable String serverSecretName,
    @JsonPropertyDescription("A cert-manager issuer that signs, instead of the operator.")
        @Nullable IssuerRef issuerRef,
    @JsonPropertyDescription("Lifetime of server certificates.") @Default("90") @Min(1) @Max(3650)
        Integer lifetimeDays,
    @JsonPropertyDescription("Days before the end at which a server certificate is renewed.")
        @Default("30")
        @Min(1)
        @Max(3650)
        Integer renewBeforeDays) {}
