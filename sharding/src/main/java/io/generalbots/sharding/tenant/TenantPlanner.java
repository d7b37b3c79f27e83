package io.generalbots.sharding.tenant;

import io.generalbots.sharding.tenant.Unplaced.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gives shards to tenants that wait. Who has a shard keeps it: only a {@link Rebalancing} or a new
 * pin moves a tenant.
 *
 * <p>Pins come first, so that nobody without one takes their room. Tenants that find no room wait
 * for a shard that is coming, or for a new one, and are placed when it is ready: so a shard that
 * never comes up holds nobody's data.
 */
public final class TenantPlanner {

  private final Topology topology;
  private final PlacementRules rules;
  private final long meanBytes;
  private final List<Assignment> assignments = new ArrayList<>();
  private final List<Unplaced> unplaced = new ArrayList<>();
  private final List<Tenant> homeless = new ArrayList<>();
  private Rooms rooms;

  private TenantPlanner(Topology topology, PlacementRules rules) {
    this.topology = topology;
    this.rules = rules;
    meanBytes = (long) topology.tenants().mapToLong(Tenant::bytes).average().orElse(0);
    rooms = Rooms.of(topology, rules.maxTenantsPerShard());
  }

  /**
   * The plan for tenants that wait. O(shards * waiting). The same topology gives the same plan, in
   * whatever order its shards are listed.
   *
   * @param waiting without a shard, the first to be placed first; one of unknown size counts as the
   *     mean of all that are placed
   * @throws IllegalArgumentException if one of them has a shard, or waits twice
   */
  public static PlacementPlan plan(Topology topology, List<Tenant> waiting, PlacementRules rules) {
    Topology.checkOnce(
        "tenant", Stream.concat(topology.tenants(), waiting.stream()).map(Tenant::name));
    var planner = new TenantPlanner(topology, rules);
    waiting.stream().filter(Tenant::isPinned).forEach(planner::placePinned);
    waiting.stream().filter(tenant -> !tenant.isPinned()).forEach(planner::place);
    return planner.finish();
  }

  private void placePinned(Tenant tenant) {
    var shard = tenant.pin().orElseThrow();
    rooms
        .named(shard)
        .filter(room -> room.free() > 0)
        .ifPresentOrElse(
            room -> assign(tenant, room),
            () -> unplaced.add(new Unplaced(tenant.name(), against(shard), Optional.of(shard))));
  }

  /** Why nobody can be placed on this shard. */
  private Reason against(String shard) {
    var exists = topology.shards().stream().anyMatch(s -> s.name().equals(shard));
    var isReady = rooms.named(shard).isPresent();
    return isReady ? Reason.SHARD_FULL : exists ? Reason.SHARD_NOT_READY : Reason.SHARD_UNKNOWN;
  }

  private void place(Tenant tenant) {
    rooms
        .next(rules.placement())
        .ifPresentOrElse(room -> assign(tenant, room), () -> homeless.add(tenant));
  }

  private void assign(Tenant tenant, Room room) {
    rooms = rooms.taking(room, tenant.bytes() == 0 ? meanBytes : tenant.bytes());
    assignments.add(new Assignment(tenant.name(), room.shard()));
  }

  private PlacementPlan finish() {
    var coming = topology.shards().stream().filter(Shard::isComing).toList();
    var max = rules.maxTenantsPerShard();
    var promised = coming.stream().mapToInt(shard -> shard.room(max)).sum();
    var added = newShards(homeless.size() - promised);
    var places =
        Stream.concat(
                coming.stream().flatMap(shard -> places(shard.name(), shard.room(max))),
                added.stream().flatMap(name -> places(name, max)))
            .iterator();
    homeless.forEach(tenant -> unplaced.add(homeless(tenant, places)));
    return new PlacementPlan(assignments, added, unplaced);
  }

  private List<String> newShards(int tenants) {
    if (!rules.autoProvision() || tenants <= 0) {
      return List.of();
    }
    var wanted = (tenants - 1) / rules.maxTenantsPerShard() + 1;
    var allowed = Math.max(0, PlacementRules.MAX_SHARDS - topology.shards().size());
    return ShardNames.next(rules.prefix(), topology.takenNames(), Math.min(wanted, allowed));
  }

  private static Stream<String> places(String shard, int count) {
    return Collections.nCopies(count, shard).stream();
  }

  /** It is promised the next place, if there is one, of those that will be there. */
  private static Unplaced homeless(Tenant tenant, Iterator<String> places) {
    return places.hasNext()
        ? new Unplaced(tenant.name(), Reason.SHARD_COMING, Optional.of(places.next()))
        : new Unplaced(tenant.name(), Reason.NO_ROOM, Optional.empty());
  }
}
