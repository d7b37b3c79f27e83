package io.generalbots.operator.shard.tenant;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.shard.TenantPlacement;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;
import io.generalbots.api.v1alpha1.tenant.TenantUsage;
import io.generalbots.operator.shard.servers.ShardServers;
import io.generalbots.sharding.tenant.Placement;
import io.generalbots.sharding.tenant.PlacementPlan;
import io.generalbots.sharding.tenant.PlacementRules;
import io.generalbots.sharding.tenant.Rebalancing;
import io.generalbots.sharding.tenant.RebalancingPlan;
import io.generalbots.sharding.tenant.Shard;
import io.generalbots.sharding.tenant.TenantPlanner;
import io.generalbots.sharding.tenant.Topology;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The shards of a policy with the Tenants on them, as planners know them.
 *
 * @param settlement what is known
 * @param places the shard of each Tenant that has one: where it is, was told to go, or has to be
 */
record Chart(Settlement settlement, Map<String, String> places) {

  /** Percent above the mean that are no reason to move anybody. */
  private static final int TOLERANCE = 20;

  static Chart of(Settlement settlement) {
    var shards = settlement.shards();
    var places = new LinkedHashMap<String, String>();
    for (var tenant : settlement.tenants()) {
      settlement
          .current(tenant)
          .or(() -> promised(tenant, settlement, shards))
          .or(() -> Optional.of(settlement.own()).filter(own -> Settlement.shares(tenant)))
          .ifPresent(shard -> places.put(Settlement.name(tenant), shard));
    }
    return new Chart(settlement, places);
  }

  /** What was chosen for one that has nothing yet, unless somebody wants it elsewhere since. */
  private static Optional<String> promised(
      Tenant tenant, Settlement settlement, Set<String> shards) {
    return settlement
        .chosen(tenant)
        .filter(shard -> settlement.pin(tenant).map(shard::equals).orElse(true))
        .filter(shards::contains);
  }

  Optional<String> place(Tenant tenant) {
    return Optional.ofNullable(places.get(Settlement.name(tenant)));
  }

  /** Why a shard does not serve; the policy waits for that of its BotCluster anyway. */
  Optional<String> trouble(String shard) {
    return settlement.own().equals(shard)
        ? Optional.empty()
        : ShardServers.trouble(shard, settlement.facts());
  }

  /** Who gets which shard of those who have none, and which shards are to be made. */
  PlacementPlan placement() {
    var waiting =
        settlement.tenants().stream().filter(t -> place(t).isEmpty()).map(this::known).toList();
    return TenantPlanner.plan(topology(), waiting, rules());
  }

  /** Moves that even out shards. */
  RebalancingPlan rebalancing() {
    var most = settlement.wish().maxTenantsPerShard();
    return settlement.wish().placement() == TenantPlacement.LEAST_BYTES
        ? Rebalancing.byBytes(topology(), most, TOLERANCE)
        : Rebalancing.byTenants(topology(), most);
  }

  /** Tenants of a shard. */
  List<Tenant> on(String shard) {
    return settlement.tenants().stream()
        .filter(t -> shard.equals(places.get(Settlement.name(t))))
        .toList();
  }

  private Topology topology() {
    var names = settlement.shards();
    var shards =
        names.stream()
            .map(
                name ->
                    new Shard(
                        name,
                        trouble(name).isEmpty(),
                        Integer.MAX_VALUE,
                        on(name).stream().map(this::known).toList()))
            .toList();
    var retired =
        settlement.current().values().stream()
            .filter(s -> !names.contains(s))
            .collect(Collectors.toSet());
    return new Topology(shards, retired, last(names));
  }

  /** The shard of whoever came last. */
  private Optional<String> last(Set<String> shards) {
    return settlement.tenants().stream()
        .flatMap(t -> place(t).stream())
        .filter(shards::contains)
        .reduce((one, next) -> next);
  }

  private io.generalbots.sharding.tenant.Tenant known(Tenant tenant) {
    return new io.generalbots.sharding.tenant.Tenant(
        Settlement.name(tenant), bytes(tenant), settlement.pin(tenant));
  }

  /** Of its database, as it was measured last. */
  static long bytes(Tenant tenant) {
    return Optional.ofNullable(tenant.getStatus())
        .map(TenantStatus::usage)
        .map(TenantUsage::databaseBytes)
        .orElse(0L);
  }

  private PlacementRules rules() {
    var wish = settlement.wish();
    var placement =
        switch (wish.placement()) {
          case LEAST_TENANTS -> Placement.LEAST_TENANTS;
          case LEAST_BYTES -> Placement.LEAST_BYTES;
          case ROUND_ROBIN -> Placement.ROUND_ROBIN;
        };
    return new PlacementRules(
        placement, wish.maxTenantsPerShard(), wish.autoProvision(), settlement.prefix());
  }
}
