package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who runs a component. */
public enum ServiceMode {
  /** The operator. */
  @JsonProperty("Managed")
  MANAGED,
  /** Somebody else. */
  @JsonProperty("External")
  EXTERNAL,
  /** Nobody. */
  @JsonProperty("Disabled")
  DISABLED
}
