package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.generalbots.api.v1alpha1.schema.ApiObject;

/** Transport encryption of Qdrant. */
@ApiObject
public record QdrantTlsSpec(
    @JsonPropertyDescription(
            "Required or Disabled. Today's bot server has no TLS client for Qdrant.")
        @Default("Disabled")
        QdrantTlsMode mode) {}
