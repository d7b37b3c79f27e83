package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a plan waits. */
public enum Approval {
  /** It runs at once. */
  @JsonProperty("Automatic")
  AUTOMATIC,
  /** It waits for approval. */
  @JsonProperty("Manual")
  MANUAL
}
