package io.generalbots.edge.route;

import io.generalbots.sharding.published.PublishedShard;
import io.generalbots.sharding.published.PublishedTenant;
import io.generalbots.sharding.published.Rules;
import io.generalbots.sharding.published.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A shard by the tenant whose host was asked for.
 *
 * @param name of the policy
 * @param hosts whose requests it is for
 * @param tenants by each of their hosts
 * @param shards by name
 */
record TenantPolicy(
    String name,
    List<String> hosts,
    Map<String, PublishedTenant> tenants,
    Map<String, PublishedShard> shards)
    implements Policy {

  static TenantPolicy of(Scope scope, Rules.ByTenant rules) {
    var tenants = new HashMap<String, PublishedTenant>();
    rules.tenants().forEach(tenant -> tenant.hosts().forEach(host -> tenants.put(host, tenant)));
    var hosts = Stream.concat(scope.hosts().stream(), tenants.keySet().stream()).distinct();
    var shards =
        rules.shards().stream()
            .collect(Collectors.toUnmodifiableMap(PublishedShard::name, Function.identity()));
    return new TenantPolicy(scope.policy(), hosts.toList(), Map.copyOf(tenants), shards);
  }

  @Override
  public Decision decide(Facts facts, Surroundings surroundings) {
    return facts
        .host()
        .flatMap(host -> Optional.ofNullable(tenants.get(host)))
        .flatMap(tenant -> Optional.ofNullable(shards.get(tenant.shard())).map(s -> on(tenant, s)))
        .orElseGet(() -> Decision.refused(Outcome.UNKNOWN, name, "the host belongs to no tenant"));
  }

  private Decision on(PublishedTenant tenant, PublishedShard shard) {
    var target = Target.Shard.of(shard);
    return shard.ready()
        ? Decision.routed(
            name, target, "settled", "tenant " + tenant.name() + " is on shard " + shard.name())
        : Decision.down(
            name,
            target,
            "shard %s is not ready; tenants of others are served".formatted(shard.name()));
  }
}
