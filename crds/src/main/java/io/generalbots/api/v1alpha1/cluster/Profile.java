package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which components run unless the spec says otherwise. */
public enum Profile {
  /** Only what a bot cannot do without. */
  @JsonProperty("Minimal")
  MINIMAL,
  /** Minimal plus what a production system should have. */
  @JsonProperty("Recommended")
  RECOMMENDED,
  /** Everything. */
  @JsonProperty("Full")
  FULL
}
