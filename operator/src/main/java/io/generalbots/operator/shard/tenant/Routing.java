package io.generalbots.operator.shard.tenant;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.external.spread.TellTenants;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.shard.published.Bulletin;
import io.generalbots.operator.shard.published.Endpoint;
import io.generalbots.sharding.published.PublishedShard;
import io.generalbots.sharding.published.PublishedTenant;
import io.generalbots.sharding.published.Rules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells clients and routers which Tenant is on which shard, in a ConfigMap and in SQL. Clients of a
 * Tenant's database need not know: the poolers of the BotCluster lead there.
 *
 * @param settlement what is known
 */
public record Routing(Settlement settlement) implements Component<ShardPolicy> {

  /** The one that every server has; those of Tenants are called {@code t_<tenant>}. */
  private static final String DATABASE = "botserver";

  @Override
  public String name() {
    return Bulletin.COMPONENT;
  }

  @Override
  public Plan plan(ShardPolicy policy, Facts facts) {
    var tenants = tenants();
    var rules = new Rules.ByTenant(shards(policy, facts), tenants);
    var told = new Bulletin(policy, settlement.cluster()).of(rules);
    var wishes = new ArrayList<Wish>();
    if (!isTold(told, facts)) {
      wishes.add(new Wish.External(inSql(policy, tenants)));
    }
    wishes.add(new Wish.Managed(told));
    return new Plan.Apply(wishes);
  }

  private List<PublishedShard> shards(ShardPolicy policy, Facts facts) {
    var chart = Housing.of(settlement).chart();
    return settlement.shards().stream()
        .map(
            shard ->
                new PublishedShard(
                    shard,
                    Endpoint.ofServer(shard, policy, facts),
                    DATABASE,
                    chart.trouble(shard).isEmpty()))
        .toList();
  }

  /** Who is cut off between the two tells both again. */
  private static boolean isTold(ConfigMap told, Facts facts) {
    return facts
        .find(ConfigMap.class, told.getMetadata().getName())
        .filter(live -> told.getData().equals(live.getData()))
        .isPresent();
  }

  private TellTenants inSql(ShardPolicy policy, List<PublishedTenant> tenants) {
    var places =
        tenants.stream().collect(Collectors.toMap(PublishedTenant::name, PublishedTenant::shard));
    return new TellTenants(settlement.own(), policy.getMetadata().getName(), places);
  }

  @Override
  public Health health(ShardPolicy policy, Facts facts) {
    return Health.disabled();
  }

  /** Of two of a name, or that want the same host, the oldest is told. */
  private List<PublishedTenant> tenants() {
    var names = new HashSet<String>();
    var hosts = new HashSet<String>();
    return settlement.tenants().stream()
        .filter(t -> settlement.current(t).filter(settlement.shards()::contains).isPresent())
        .filter(t -> names.add(t.getMetadata().getName()))
        .map(t -> published(t, hosts))
        .toList();
  }

  private PublishedTenant published(Tenant tenant, Set<String> taken) {
    var hosts = tenant.getSpec().hosts().stream().map(h -> h.toLowerCase(java.util.Locale.ROOT));
    return new PublishedTenant(
        tenant.getMetadata().getName(),
        hosts.filter(taken::add).toList(),
        settlement.current(tenant).orElseThrow());
  }
}
