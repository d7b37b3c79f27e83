package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When images are pulled. */
public enum PullPolicy {
  /** At every start. */
  @JsonProperty("Always")
  ALWAYS,
  /** When the node does not have them. */
  @JsonProperty("IfNotPresent")
  IF_NOT_PRESENT,
  /** Never. */
  @JsonProperty("Never")
  NEVER
}
