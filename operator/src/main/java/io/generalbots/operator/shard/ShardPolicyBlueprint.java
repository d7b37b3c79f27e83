package io.generalbots.operator.shard;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.ShardPolicyPhase;
import io.generalbots.api.v1alpha1.shard.ShardPolicyStatus;
import io.generalbots.operator.cluster.placement.Placement;
import io.generalbots.operator.kernel.Blueprint;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.shard.geo.DnsExport;
import io.generalbots.operator.shard.geo.Regions;
import io.generalbots.operator.shard.hash.Account;
import io.generalbots.operator.shard.hash.HashShards;
import io.generalbots.operator.shard.hash.Routing;
import io.generalbots.operator.shard.report.ShardReport;
import io.generalbots.operator.shard.router.Router;
import io.generalbots.operator.shard.servers.ShardServers;
import io.generalbots.operator.shard.tenant.Census;
import io.generalbots.operator.shard.tenant.Placements;
import io.generalbots.operator.shard.tenant.Settlement;
import io.generalbots.operator.shard.tenant.Ways;
import io.generalbots.operator.shard.time.Archive;
import io.generalbots.operator.shard.time.TimePartitions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a ShardPolicy comes to: its strategy, once it has a BotCluster to carry it out on. Pure.
 *
 * @param scene where it finds itself
 * @param facts what was seen of its BotCluster's database
 */
public record ShardPolicyBlueprint(Scene scene, Facts facts) {

  private static final List<String> SERVED =
      List.of(
          "spec.time.",
          "spec.hash.",
          "spec.tenant.autoProvision",
          "spec.tenant.placement",
          "spec.tenant.maxTenantsPerShard",
          "spec.geo.",
          "spec.shards.",
          "spec.router.",
          "spec.approval",
          "spec.maxConcurrentMoves");

  /** A step that goes on by itself is looked after. */
  private static final Duration UNDERWAY = Duration.ofSeconds(2);

  /** What failed is tried again. */
  private static final Duration AGAIN = Duration.ofSeconds(10);

  /** Each step is taken from what the one before it left. */
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  /** Whether anything acts by this field: {@code spec.time.interval}. */
  public static boolean serves(String path) {
    return SERVED.stream().anyMatch(path::startsWith);
  }

  /** What has to be true; nothing while something stands against the policy. */
  public Map<String, Plan> plan() {
    if (!scene.isSet()) {
      return Map.of();
    }
    var plans = new LinkedHashMap<>(strategy().plan(name -> scene.policy(), facts));
    scene
        .cluster()
        .map(c -> new Placement(c, scene.policy()))
        .ifPresent(p -> plans.replaceAll((name, plan) -> p.place(plan)));
    return plans;
  }

  /** The status, made from scratch. */
  public ShardPolicyStatus status(Outcome outcome) {
    Map<String, Health> healths = scene.isSet() ? healths(outcome) : Map.of();
    return new Told(
            scene,
            facts,
            report(),
            new Review(scene, healths, outcome, report().flatMap(ShardReport::phase)))
        .status();
  }

  /** What a user should hear: what was done, and what turned. */
  public List<Decision> news(ShardPolicyStatus status, Outcome outcome) {
    return Stream.concat(
            outcome.decisions().stream(), Turns.between(scene.policy(), status).stream())
        .toList();
  }

  /**
   * When to look again without any event: nothing tells of what is in a table, nor that a new month
   * has begun.
   *
   * @param period from one look to the next while nothing is to be done
   */
  public Duration nextLook(Outcome outcome, Duration period) {
    if (outcome.isUnderway()) {
      return UNDERWAY;
    } else if (outcome.failure().isPresent()) {
      return AGAIN;
    }
    return outcome.decisions().isEmpty() ? waiting(period) : AT_ONCE;
  }

  private Duration waiting(Duration period) {
    var unsettled =
        scene.isSet()
            && healths().values().stream().anyMatch(h -> h.state() == Health.State.WAITING);
    return unsettled && AGAIN.compareTo(period) < 0 ? AGAIN : period;
  }

  /** Rows serve while they move: that a step needs more time takes nothing from anybody. */
  private Map<String, Health> healths(Outcome outcome) {
    var own = healths();
    var all = new LinkedHashMap<>(outcome.beside(own));
    if (report().flatMap(ShardReport::phase).filter(ShardPolicyPhase.RESHARDING::equals).isPresent()
        && outcome.failure().isEmpty()) {
      all.replaceAll((name, health) -> own.getOrDefault(name, health));
    }
    return all;
  }

  private Optional<ShardReport> report() {
    return scene.cluster().filter(c -> scene.isSet()).flatMap(this::report);
  }

  private Optional<ShardReport> report(BotCluster cluster) {
    return switch (scene.policy().getSpec().strategy()) {
      case HASH -> Optional.of(new Account(scene.policy(), cluster, facts));
      case TENANT -> Optional.of(new Census(settlement(cluster)));
      case TIME, GEO -> Optional.empty();
    };
  }

  private Settlement settlement(BotCluster cluster) {
    return facts
        .findings()
        .of(Settlement.class, () -> Settlement.of(scene.policy(), cluster, scene.tenants(), facts));
  }

  /** What is carried takes nothing from anybody: nobody is less ready while it is. */
  private Map<String, Health> healths() {
    var healths = new LinkedHashMap<>(strategy().health(scene.policy(), facts));
    healths.values().removeIf(h -> h.state() == Health.State.DISABLED);
    return healths;
  }

  private Blueprint<ShardPolicy> strategy() {
    return new Blueprint<>(
        scene.cluster().stream().flatMap(c -> components(c, scene.policy())).toList());
  }

  private Stream<Component<ShardPolicy>> ofTenants(BotCluster cluster) {
    var settlement = settlement(cluster);
    return Stream.of(
        new ShardServers(cluster, Placements.servers(settlement), false),
        new Ways(settlement),
        new Placements(settlement),
        new io.generalbots.operator.shard.tenant.Routing(settlement),
        new Router(cluster));
  }

  private static Stream<Component<ShardPolicy>> ofRegions(Regions regions) {
    return Stream.of(regions, new Router(regions.cluster()), new DnsExport(regions));
  }

  private Stream<Component<ShardPolicy>> components(BotCluster cluster, ShardPolicy policy) {
    return switch (policy.getSpec().strategy()) {
      case TIME -> Stream.of(new TimePartitions(), Archive.of(cluster, policy));
      case HASH ->
          Stream.of(
              new ShardServers(cluster, HashShards.servers(policy, facts), true),
              new HashShards(),
              new Routing(cluster),
              new Router(cluster));
      case GEO -> ofRegions(new Regions(policy, cluster, scene.regions()));
      case TENANT -> ofTenants(cluster);
    };
  }
}
