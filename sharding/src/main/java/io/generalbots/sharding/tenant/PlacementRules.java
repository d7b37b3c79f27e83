package io.generalbots.sharding.tenant;

/**
 * What the policy says about new tenants.
 *
 * @param placement which shard they get
 * @param maxTenantsPerShard tenants after which a shard is full, at least 1
 * @param autoProvision whether a new shard is made when all are full
 * @param prefix what names of new shards begin with, before their number
 */
public record PlacementRules(
    Placement placement, int maxTenantsPerShard, boolean autoProvision, String prefix) {

  /** Shards a policy can have, as many as its status lists. */
  public static final int MAX_SHARDS = 256;

  public PlacementRules {
    if (maxTenantsPerShard < 1) {
      throw new IllegalArgumentException(
          "a shard must take at least one tenant, not " + maxTenantsPerShard);
    }
  }

  /** Rules by which new shards are called shard-1, shard-2 and so on. */
  public PlacementRules(Placement placement, int maxTenantsPerShard, boolean autoProvision) {
    this(placement, maxTenantsPerShard, autoProvision, "shard-");
  }
}
