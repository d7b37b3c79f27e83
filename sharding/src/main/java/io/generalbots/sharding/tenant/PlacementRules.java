package io.generalbots.sharding.tenant;

/**
 * What the policy says about new tenants.
 *
 * @param placement which shard they get
 * @param maxTenantsPerShard tenants after which a shard is full, at least 1
 * @param autoProvision whether a new shard is made when all are full
 */
public record PlacementRules(Placement placement, int maxTenantsPerShard, boolean autoProvision) {

  /** Shards a policy can have, as many as its status lists. */
  public static final int MAX_SHARDS = 256;

  public PlacementRules {
    if (maxTenantsPerShard < 1) {
      throw new IllegalArgumentException(
          "a shard must take at least one tenant, not " + maxTenantsPerShard);
    }
  }
}
