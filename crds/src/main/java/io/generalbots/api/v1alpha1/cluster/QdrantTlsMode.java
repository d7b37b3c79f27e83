package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which protocol Qdrant speaks; it has one port for one of them. */
public enum QdrantTlsMode {
  /** TLS only. */
  @JsonProperty("Required")
  REQUIRED,
  /** Plaintext only, inside the network policy. */
  @JsonProperty("Disabled")
  DISABLED
}
