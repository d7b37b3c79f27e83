package io.generalbots.sharding.tenant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Moves tenants from shards that have too much until none has, or nothing helps.
 *
 * <p>Only a shard above the limit gives, and only one that stays within it takes; so each tenant
 * moves at most once, every move brings the goal nearer, and a plan that was carried out leaves
 * nothing to plan. Pinned tenants stay, and shards that are not ready are left alone.
 *
 * <p>By tenants the plan has the fewest moves there can be. By bytes that would be as hard as bin
 * packing (Garey and Johnson 1979, SR1); here the largest tenant that fits goes first and the
 * smallest that is enough goes last, and where only a swap would help the shard stays as it is.
 */
public final class Rebalancing {

  private static final Comparator<Tenant> SMALLEST_FIRST =
      Comparator.comparingLong(Tenant::bytes).thenComparing(Tenant::name);

  private final ToLongFunction<Tenant> weight;
  private final long limit;
  private final int maxTenants;
  private final Map<String, Shard> shards = new TreeMap<>(ShardNames.ORDER);

  private Rebalancing(List<Shard> ready, ToLongFunction<Tenant> weight, long limit, int max) {
    this.weight = weight;
    this.limit = limit;
    maxTenants = max;
    ready.forEach(shard -> shards.put(shard.name(), shard));
  }

  /**
   * So that no shard has more than one tenant above the mean. Of the tenants of a shard the
   * smallest move. O(moves * tenants).
   *
   * @param maxTenants tenants after which a shard takes no more
   */
  public static RebalancingPlan byTenants(Topology topology, int maxTenants) {
    var ready = ready(topology);
    var tenants = ready.stream().mapToInt(shard -> shard.tenants().size()).sum();
    var limit = ready.isEmpty() ? 0 : tenants / ready.size() + 1;
    return new Rebalancing(ready, tenant -> 1, limit, maxTenants).plan();
  }

  /**
   * So that no shard has more bytes than the mean and some percent. O(moves * tenants).
   *
   * @param maxTenants tenants after which a shard takes no more
   * @param tolerance percent above the mean that are still even, 0 to 100
   */
  public static RebalancingPlan byBytes(Topology topology, int maxTenants, int tolerance) {
    if (tolerance < 0 || tolerance > 100) {
      throw new IllegalArgumentException("the tolerance must be 0 to 100 percent: " + tolerance);
    }
    var ready = ready(topology);
    var bytes = ready.stream().mapToLong(Shard::bytes).sum();
    var limit = ready.isEmpty() ? 0 : portion(bytes, 100L + tolerance, 100L * ready.size());
    return new Rebalancing(ready, Tenant::bytes, limit, maxTenants).plan();
  }

  private static List<Shard> ready(Topology topology) {
    return topology.shards().stream().filter(Shard::ready).toList();
  }

  /** floor(whole * numerator / denominator), which would overflow if it were multiplied first. */
  private static long portion(long whole, long numerator, long denominator) {
    return whole / denominator * numerator + whole % denominator * numerator / denominator;
  }

  private RebalancingPlan plan() {
    var moves = new ArrayList<TenantMove>();
    for (var move = next(); move.isPresent(); move = next()) {
      moves.add(move.orElseThrow());
    }
    return new RebalancingPlan(moves, overloaded().map(Shard::name).toList());
  }

  /** The next move, already done among our shards. */
  private Optional<TenantMove> next() {
    return overloaded()
        .sorted(Comparator.comparingLong(this::weight).reversed())
        .flatMap(source -> moveFrom(source).stream())
        .findFirst();
  }

  private Stream<Shard> overloaded() {
    return shards.values().stream().filter(shard -> weight(shard) > limit);
  }

  private Optional<TenantMove> moveFrom(Shard source) {
    return emptiest()
        .flatMap(
            target -> choose(source, limit - weight(target)).map(t -> move(t, source, target)));
  }

  private Optional<Shard> emptiest() {
    return shards.values().stream()
        .filter(shard -> shard.room(maxTenants) > 0)
        .min(Comparator.comparingLong(this::weight));
  }

  /** The smallest that is enough alone, else the largest; of equal ones the one of fewest bytes. */
  private Optional<Tenant> choose(Shard source, long room) {
    var excess = weight(source) - limit;
    var fitting =
        source.tenants().stream()
            .filter(t -> !t.isPinned() && weight.applyAsLong(t) > 0)
            .filter(t -> weight.applyAsLong(t) <= room)
            .sorted(SMALLEST_FIRST)
            .toList();
    return fitting.stream()
        .filter(t -> weight.applyAsLong(t) >= excess)
        .findFirst()
        .or(() -> fitting.stream().max(Comparator.comparingLong(weight)));
  }

  private TenantMove move(Tenant tenant, Shard source, Shard target) {
    shards.put(source.name(), source.without(tenant));
    shards.put(target.name(), target.with(tenant));
    return new TenantMove(tenant.name(), source.name(), target.name(), tenant.bytes());
  }

  private long weight(Shard shard) {
    return shard.tenants().stream().mapToLong(weight).sum();
  }
}
