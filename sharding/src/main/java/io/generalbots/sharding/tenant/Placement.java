package io.generalbots.sharding.tenant;

/** Which of the shards that have room a new tenant gets. */
public enum Placement {
  /** The one with the fewest tenants. */
  LEAST_TENANTS,
  /** The one with the least data. */
  LEAST_BYTES,
  /** The one after the last that got a tenant. */
  ROUND_ROBIN
}
