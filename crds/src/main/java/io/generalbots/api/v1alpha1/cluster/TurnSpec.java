package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.HostName;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import org.jspecify.annotations.Nullable;

/** The built-in TURN server. */
@ApiObject
@ValidationRule(
    value = "!has(self.tlsSecretName) || self.enabled",
    message = "turn.tlsSecretName has no effect: set turn.enabled to true",
    fieldPath = ".enabled")
public record TurnSpec(
    @JsonPropertyDescription("Whether the TURN server runs.") @Default("false") Boolean enabled,
    @JsonPropertyDescription("Host name of the TURN server; turn.<domain> when left out.") @HostName
        @Nullable String domain,
    @JsonPropertyDescription("UDP port of TURN.") @Default("3478") @Min(1) @Max(65535)
        Integer udpPort,
    @JsonPropertyDescription("TLS port of TURN.") @Default("5349") @Min(1) @Max(65535)
        Integer tlsPort,
    @JsonPropertyDescription(
            "Secret of type kubernetes.io/tls for the TURN host name; the gateway's certificate when left out.")
        @ObjectName
        @Nullable String tlsSecretName) {}
