package io.generalbots.operator.shard.geo;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.GeoDetection;
import io.generalbots.api.v1alpha1.shard.GeoStrategy;
import io.generalbots.api.v1alpha1.shard.Region;
import io.generalbots.api.v1alpha1.shard.ShardPolicyStatusBuilder;
import io.generalbots.api.v1alpha1.shard.ShardStatus;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.shard.published.Bulletin;
import io.generalbots.sharding.published.Detection;
import io.generalbots.sharding.published.Rules;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells routers which regions there are, which of them serve, and since when.
 *
 * @param policy whose regions
 * @param cluster where the policy is at home
 * @param all BotClusters that serve any of them
 */
public record Regions(ShardPolicy policy, BotCluster cluster, List<BotCluster> all)
    implements Component<ShardPolicy> {

  public Regions {
    all = List.copyOf(all);
  }

  @Override
  public String name() {
    return Bulletin.COMPONENT;
  }

  @Override
  public Plan plan(ShardPolicy read, Facts facts) {
    var regions = territories().stream().map(t -> t.published(facts.settings())).toList();
    var detection = wish().detection() == GeoDetection.HEADER ? Detection.HEADER : Detection.IP;
    var rules = new Rules.ByPlace(regions, wish().defaultRegion(), detection);
    return Plan.apply(new Wish.Kept(new Bulletin(policy, cluster).of(rules)));
  }

  @Override
  public Health health(ShardPolicy read, Facts facts) {
    var territories = territories();
    var ready = (int) territories.stream().filter(Territory::isReady).count();
    var troubles =
        territories.stream().flatMap(t -> t.trouble().stream()).collect(Collectors.joining(". "));
    return health(territories, ready, troubles).counting(ready, territories.size());
  }

  private static Health health(List<Territory> territories, int ready, String troubles) {
    if (ready == 0) {
      return Health.waiting("NoRegion", troubles);
    } else if (ready < territories.size()) {
      return Health.degraded("RegionDown", troubles + ". Its users are sent to the others");
    }
    var elsewhere =
        territories.stream()
            .filter(Territory::isElsewhere)
            .map(t -> t.region().name())
            .collect(Collectors.joining(", "));
    return Health.ready(
        "every region serves"
            + (elsewhere.isEmpty() ? "" : ", as far as is known here of " + elsewhere));
  }

  /** Adds each region to the status. */
  public void tell(ShardPolicyStatusBuilder status, Settings settings) {
    status.shards(territories().stream().map(t -> told(t, settings)).toList());
  }

  private static ShardStatus told(Territory territory, Settings settings) {
    var upstream = URI.create(territory.upstream(settings));
    var port = upstream.getPort() < 0 ? 443 : upstream.getPort();
    return new ShardStatus(
        territory.region().name(),
        upstream.getHost() + ":" + port,
        territory.isReady(),
        null,
        null,
        null);
  }

  /** The region of whoever belongs to none. */
  String first() {
    return wish().defaultRegion();
  }

  List<Territory> territories() {
    return wish().regions().stream().map(r -> new Territory(r, policy, served(r))).toList();
  }

  private Optional<BotCluster> served(Region region) {
    var reference = region.clusterRef();
    var namespace =
        Optional.ofNullable(reference.namespace()).orElse(policy.getMetadata().getNamespace());
    return all.stream()
        .filter(c -> Objects.equals(c.getMetadata().getName(), reference.name()))
        .filter(c -> Objects.equals(c.getMetadata().getNamespace(), namespace))
        .findFirst();
  }

  private GeoStrategy wish() {
    return Optional.ofNullable(policy.getSpec().geo())
        .orElseThrow(() -> new IllegalStateException("only strategy Geo has regions"));
  }
}
