package io.generalbots.operator.shard.geo;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.cluster.GatewayTlsMode;
import io.generalbots.api.v1alpha1.shard.Continent;
import io.generalbots.api.v1alpha1.shard.Region;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.sharding.published.PublishedRegion;
import java.util.Optional;

/**
 * A region of a policy, and the BotCluster that serves it.
 *
 * @param region as the policy has it
 * @param policy whose region
 * @param cluster that serves it; empty if there is none, or it is in another Kubernetes cluster
 */
record Territory(Region region, ShardPolicy policy, Optional<BotCluster> cluster) {

  private static final String GATEWAY = "gateway";
  private static final String READY = "GatewayReady";

  /**
   * Whether its BotCluster is in another Kubernetes cluster, where nobody looks at it from here.
   */
  boolean isElsewhere() {
    return region.endpoint() != null;
  }

  /** Whether users can be sent to it. */
  boolean isReady() {
    return isElsewhere() || cluster.filter(Territory::serves).isPresent();
  }

  /** Why they cannot; empty where they can. */
  Optional<String> trouble() {
    var name = region.clusterRef().name();
    if (isReady()) {
      return Optional.empty();
    }
    return Optional.of(
        "region %s: %s"
            .formatted(
                region.name(),
                cluster
                    .map(c -> "the gateway of BotCluster %s does not run".formatted(name))
                    .orElse("there is no BotCluster %s".formatted(name))));
  }

  PublishedRegion published(Settings settings) {
    return new PublishedRegion(
        region.name(),
        upstream(settings),
        region.countries(),
        region.continents().stream().map(Continent::name).toList(),
        isReady(),
        cluster.flatMap(Territory::since).filter(since -> isReady()).orElse(null));
  }

  /** Where its gateway is. */
  String upstream(Settings settings) {
    return Optional.ofNullable(region.endpoint())
        .orElseGet(
            () ->
                "%s://%s-gateway.%s.svc.%s:%d"
                    .formatted(
                        isEncrypted() ? "https" : "http",
                        region.clusterRef().name(),
                        namespace(),
                        settings.clusterDomain(),
                        isEncrypted() ? 443 : 80));
  }

  private String namespace() {
    return Optional.ofNullable(region.clusterRef().namespace())
        .orElse(policy.getMetadata().getNamespace());
  }

  private boolean isEncrypted() {
    return cluster
        .filter(c -> c.getSpec().gateway().tls().mode() == GatewayTlsMode.DISABLED)
        .isEmpty();
  }

  private static boolean serves(BotCluster cluster) {
    return !cluster.getSpec().hibernate()
        && Optional.ofNullable(cluster.getStatus()).stream()
            .flatMap(s -> s.components().stream())
            .anyMatch(c -> GATEWAY.equals(c.name()) && c.ready() > 0);
  }

  /** Since when its gateway has been ready without a break. */
  private static Optional<String> since(BotCluster cluster) {
    return Optional.ofNullable(cluster.getStatus()).stream()
        .flatMap(s -> s.conditions().stream())
        .filter(c -> READY.equals(c.getType()) && "True".equals(c.getStatus()))
        .map(Condition::getLastTransitionTime)
        .findFirst();
  }
}
