package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.shared.TlsMode;

/** Transport encryption of Valkey. */
@ApiObject
public record ValkeyTlsSpec(
    @JsonPropertyDescription(
            "Required (TLS only), Both (TLS beside a plaintext port that the network policy keeps inside the cluster, for clients without TLS) or Disabled.")
        @Default("Both")
        TlsMode mode) {}
