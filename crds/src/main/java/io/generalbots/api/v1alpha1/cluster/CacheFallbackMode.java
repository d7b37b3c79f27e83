package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What bot servers use when Valkey is away. */
public enum CacheFallbackMode {
  /** Their own memory. */
  @JsonProperty("Memory")
  MEMORY
}
