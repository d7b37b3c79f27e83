package io.generalbots.operator.shard.hash;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.external.spread.KeyTypes;
import io.generalbots.operator.external.spread.ShardSeen;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.shard.published.Bulletin;
import io.generalbots.operator.shard.published.Endpoint;
import io.generalbots.sharding.published.PublishedShard;
import io.generalbots.sharding.published.Rules;

/**
 * Tells clients and routers which shard has which key, in a ConfigMap that stays when the policy
 * goes: the rows do.
 *
 * @param cluster whose rows are spread
 */
public record Routing(BotCluster cluster) implements Component<ShardPolicy> {

  @Override
  public String name() {
    return Bulletin.COMPONENT;
  }

  /** Nothing is told before the first shard says which keys there are. */
  @Override
  public Plan plan(ShardPolicy policy, Facts facts) {
    return Known.of(policy, facts)
        .filter(known -> !known.tables().isEmpty() && isOpen(known))
        .<Plan>map(known -> Plan.apply(new Wish.Kept(published(known, facts))))
        .orElseGet(() -> new Plan.Hold("it is not known yet where rows are"));
  }

  /** Whoever looks at rows says how it is. */
  @Override
  public Health health(ShardPolicy policy, Facts facts) {
    return Health.disabled();
  }

  /** Where clients find a shard: its pooler, or its primary where there is none. */
  static String endpoint(ShardSeen shard, ShardPolicy policy, BotCluster cluster, Facts facts) {
    var pooled = shard.shard().number() > 0 && new Layout(policy).isDedicated();
    var name = shard.shard().cluster();
    return pooled || cluster.getSpec().postgres().pooler().enabled()
        ? Endpoint.ofPooler(name, policy, facts)
        : Endpoint.ofServer(name, policy, facts);
  }

  private static boolean isOpen(Known known) {
    return known.shards().stream()
        .limit(known.routed())
        .noneMatch(s -> s.turn().isEmpty() && s.state() != ShardSeen.State.SILENT);
  }

  private ConfigMap published(Known known, Facts facts) {
    var policy = known.policy();
    var shards = known.shards().stream().map(s -> shard(s, policy, facts)).toList();
    var type = known.tables().stream().flatMap(t -> t.keyType().stream()).findFirst().orElse("");
    var rules =
        new Rules.ByHash(known.wish().key(), KeyTypes.of(type), known.turn().table(), shards);
    return new Bulletin(policy, cluster).of(rules);
  }

  private PublishedShard shard(ShardSeen seen, ShardPolicy policy, Facts facts) {
    return new PublishedShard(
        new Layout(policy).name(seen.shard().number()),
        endpoint(seen, policy, cluster, facts),
        seen.shard().database(),
        seen.state() == ShardSeen.State.OPEN);
  }
}
