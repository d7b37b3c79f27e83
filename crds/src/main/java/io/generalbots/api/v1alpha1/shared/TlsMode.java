package io.generalbots.api.v1alpha1.shared;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which ports a server opens. */
public enum TlsMode {
  /** TLS only. */
  @JsonProperty("Required")
  REQUIRED,
  /** TLS and, inside the network policy, plaintext. */
  @JsonProperty("Both")
  BOTH,
  /** Plaintext only. */
  @JsonProperty("Disabled")
  DISABLED
}
