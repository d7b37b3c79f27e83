package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When a pipeline begins again. */
public enum RestartPolicy {
  /** Whenever it ends. */
  @JsonProperty("Always")
  ALWAYS,
  /** When it failed; one that came to its end is done. */
  @JsonProperty("OnFailure")
  ON_FAILURE
}
