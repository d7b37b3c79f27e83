package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How data is spread. */
public enum Strategy {
  /** Each tenant lives on one shard. */
  @JsonProperty("Tenant")
  TENANT,
  /** Rows spread by the hash of a key. */
  @JsonProperty("Hash")
  HASH,
  /** Rows spread over partitions by time. */
  @JsonProperty("Time")
  TIME,
  /** Users go to the region they live in. */
  @JsonProperty("Geo")
  GEO
}
