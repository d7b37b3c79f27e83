package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which shard a new tenant gets. */
public enum TenantPlacement {
  /** The one with the fewest tenants. */
  @JsonProperty("LeastTenants")
  LEAST_TENANTS,
  /** The one with the least data. */
  @JsonProperty("LeastBytes")
  LEAST_BYTES,
  /** The next one. */
  @JsonProperty("RoundRobin")
  ROUND_ROBIN
}
