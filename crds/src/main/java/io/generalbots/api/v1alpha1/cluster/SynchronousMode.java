package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a commit waits for standbys. */
public enum SynchronousMode {
  /** No: the last commits can be lost with the primary. */
  @JsonProperty("Disabled")
  DISABLED,
  /** Yes, for any of the standbys; without standbys the primary goes on alone. */
  @JsonProperty("Quorum")
  QUORUM,
  /** Yes, always; without standbys writes stop. */
  @JsonProperty("Strict")
  STRICT
}
