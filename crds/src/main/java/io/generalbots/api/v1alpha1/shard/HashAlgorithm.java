package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a hash chooses a shard. */
public enum HashAlgorithm {
  /** By a ring: few keys move when the count changes. */
  @JsonProperty("ConsistentHash")
  CONSISTENT_HASH,
  /** By the remainder: most keys move. */
  @JsonProperty("Modulo")
  MODULO
}
