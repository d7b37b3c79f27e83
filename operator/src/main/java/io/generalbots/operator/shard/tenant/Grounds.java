package io.generalbots.operator.shard.tenant;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.Strategy;
import io.generalbots.api.v1alpha1.shard.TenantStrategy;
import io.generalbots.api.v1alpha1.shared.Isolation;
import io.generalbots.operator.kernel.Objection;
import io.generalbots.operator.kernel.Objects;
import java.util.List;
import java.util.Optional;

/**
 * What has to be so that Tenants can be on shards.
 *
 * @param policy that wants them to be
 * @param cluster whose Tenants they are
 * @param others policies on the same BotCluster
 */
public record Grounds(ShardPolicy policy, BotCluster cluster, List<ShardPolicy> others) {

  /** What stands against it. */
  public Optional<Objection> objection() {
    return taken().or(this::beside).or(this::isolated).or(this::certified).or(this::unpooled);
  }

  /** Two that choose would send everybody to and fro. */
  private Optional<Objection> taken() {
    return others.stream()
        .filter(
            o -> o.getSpec().strategy() == Strategy.TENANT && Objects.AGE.compare(o, policy) < 0)
        .findFirst()
        .map(
            o ->
                Objection.untilEdited(
                    "TenantsTaken",
                    "ShardPolicy %s places the tenants of this BotCluster already"
                        .formatted(o.getMetadata().getName())));
  }

  /** Each Tenant has a database of its own anyway: others beside it would be no shards. */
  private Optional<Objection> beside() {
    return Optional.of(
            Objection.untilEdited(
                "ShardsNotDedicated",
                "shards of tenants are servers of their own: create it with shards.dedicated: true"))
        .filter(o -> !policy.getSpec().shards().dedicated());
  }

  /** The poolers lead to where a database is. */
  private Optional<Objection> unpooled() {
    return Optional.of(
            Objection.forNow(
                "PoolerNeeded",
                "the poolers of BotCluster %s lead tenants to their shards: set postgres.pooler.enabled there"
                    .formatted(cluster.getMetadata().getName())))
        .filter(o -> !cluster.getSpec().postgres().pooler().enabled());
  }

  /** Poolers know one authority, and a certificate for given names is for no other server. */
  private Optional<Objection> certified() {
    return Optional.ofNullable(cluster.getSpec().certificates().serverSecretName())
        .map(
            name ->
                Objection.forNow(
                    "CertificateNotShared",
                    "shards need certificates of the same authority: give BotCluster %s one to sign with, instead of certificates.serverSecretName"
                        .formatted(cluster.getMetadata().getName())));
  }

  private Optional<Objection> isolated() {
    return Optional.ofNullable(policy.getSpec().tenant())
        .map(TenantStrategy::isolation)
        .filter(isolation -> isolation != Isolation.DATABASE)
        .map(
            isolation ->
                Objection.untilEdited(
                    "IsolationNotServed",
                    "a policy does not choose how tenants are kept apart yet: remove tenant.isolation, and write spec.isolation in each Tenant"));
  }
}
