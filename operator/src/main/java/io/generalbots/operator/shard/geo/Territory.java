package io.generalbots.operator.shard.geo;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.cluster.GatewayTlsMode;
import io.generalbots.api.v1alpha1.shard.Continent;
import io.generalbots.api.v1alpha1.shard.Region;
import io.generalbots.operator.cluster.gateway.PublicHosts;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.sharding.published.PublishedRegion;
import java.net.URI;
import java.util.List;
import java.util.Locale;
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

  /** Whether its gateway has this host; of one elsewhere nobody can tell from here. */
  boolean serves(String host) {
    return isElsewhere() || cluster.filter(c -> hosts(c).contains(host)).isPresent();
  }

  /** Why no user of this domain is sent to it by DNS; empty where some are. */
  Optional<String> otherDomain(String domain) {
    return cluster
        .filter(c -> !isElsewhere() && !hosts(c).contains(domain))
        .map(
            c ->
                "region %s: BotCluster %s has another domain than %s"
                    .formatted(region.name(), c.getMetadata().getName(), domain));
  }

  /** Where users come in from outside, as far as it is known. */
  List<String> addresses(Entrances entrances) {
    return Optional.ofNullable(region.dns())
        .flatMap(dns -> Optional.ofNullable(dns.address()))
        .map(List::of)
        .or(() -> Optional.ofNullable(region.endpoint()).map(Territory::host))
        .or(() -> cluster.map(entrances::of))
        .orElse(List.of());
  }

  private static List<String> host(String endpoint) {
    return Optional.ofNullable(URI.create(endpoint).getHost()).stream()
        .map(host -> host.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT))
        .toList();
  }

  private static List<String> hosts(BotCluster cluster) {
    return PublicHosts.of(cluster).all();
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
