package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the place of a user is found. */
public enum GeoDetection {
  /** By the address. */
  @JsonProperty("Ip")
  IP,
  /** By a header that a proxy in front sets. */
  @JsonProperty("Header")
  HEADER
}
