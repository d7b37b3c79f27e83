package io.generalbots.operator.shard;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.cluster.ComponentStatus;
import io.generalbots.api.v1alpha1.shard.Strategy;
import io.generalbots.operator.cluster.Annotations;
import io.generalbots.operator.kernel.Objection;
import io.generalbots.operator.shard.hash.Layout;
import io.generalbots.operator.shard.tenant.Grounds;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a ShardPolicy finds itself: its BotCluster, and the other policies on it.
 *
 * @param policy as it was read
 * @param cluster that it names, if there is one in its own namespace
 * @param others that name the same
 * @param regions BotClusters that its regions name, as far as they exist
 * @param tenants of its BotCluster, where it is about them
 */
public record Scene(
    ShardPolicy policy,
    Optional<BotCluster> cluster,
    List<ShardPolicy> others,
    List<BotCluster> regions,
    List<Tenant> tenants) {

  private static final String DATABASE = "postgres";

  /** Those that have something to do with databases. */
  private static final Set<Strategy> STORED =
      EnumSet.of(Strategy.TIME, Strategy.HASH, Strategy.TENANT);

  /** Those whose shards are called like them. */
  private static final Set<Strategy> NAMED = EnumSet.of(Strategy.HASH, Strategy.TENANT);

  public Scene {
    others = List.copyOf(others);
    regions = List.copyOf(regions);
    tenants = List.copyOf(tenants);
  }

  /** One that has no regions. */
  public Scene(ShardPolicy policy, Optional<BotCluster> cluster, List<ShardPolicy> others) {
    this(policy, cluster, others, List.of(), List.of());
  }

  /** The namespace in which a policy looks for its BotCluster. */
  public static String namespace(ShardPolicy policy) {
    return Optional.ofNullable(policy.getSpec().clusterRef().namespace())
        .orElse(policy.getMetadata().getNamespace());
  }

  /** What stands against all that it asks for. */
  Optional<Objection> objection() {
    return paused()
        .or(this::elsewhere)
        .or(this::missing)
        .or(this::external)
        .or(this::misnamed)
        .or(this::unsettled)
        .or(() -> new Overlap(policy, others).objection())
        .or(this::asleep);
  }

  /** Whether its strategy can be brought about now. */
  public boolean isSet() {
    return objection().isEmpty();
  }

  /** Who leaves a BotCluster alone changes none of its tables either. */
  private Optional<Objection> paused() {
    var whose =
        Annotations.isPaused(policy)
            ? Optional.of("it")
            : cluster.filter(Annotations::isPaused).map(c -> "its BotCluster");
    return whose.map(
        w ->
            Objection.forNow(
                "Paused",
                "annotation %s holds %s: nothing is looked at or done"
                    .formatted(Annotations.PAUSED, w)));
  }

  /** Of another namespace not even whether a BotCluster is there is told. */
  private Optional<Objection> elsewhere() {
    var here = policy.getMetadata().getNamespace();
    return Optional.of(
            Objection.untilEdited(
                "NamespaceNotAdmitted",
                "a ShardPolicy is of a BotCluster in its own namespace: create it in %s"
                    .formatted(namespace(policy))))
        .filter(o -> !here.equals(namespace(policy)));
  }

  private Optional<Objection> missing() {
    return Optional.of(
            Objection.forNow(
                "ClusterNotFound",
                "there is no BotCluster %s in this namespace"
                    .formatted(policy.getSpec().clusterRef().name())))
        .filter(o -> cluster.isEmpty());
  }

  private Optional<Objection> external() {
    return cluster
        .filter(c -> isStored())
        .filter(c -> c.getSpec().postgres() != null && c.getSpec().postgres().external() != null)
        .map(
            c ->
                Objection.untilEdited(
                    "ExternalDatabase",
                    "the PostgreSQL of BotCluster %s is somebody else's to change"
                        .formatted(c.getMetadata().getName())));
  }

  /** Tables of other policies, which are not for this one. */
  public List<String> takenByOthers() {
    return new Overlap(policy, others).named();
  }

  /** What strategy Tenant asks for beside. */
  private Optional<Objection> unsettled() {
    return cluster
        .filter(c -> policy.getSpec().strategy() == Strategy.TENANT)
        .flatMap(c -> new Grounds(policy, c, others).objection());
  }

  /** Shards are called like their policy. */
  private Optional<Objection> misnamed() {
    return Optional.of(policy)
        .filter(p -> NAMED.contains(p.getSpec().strategy()))
        .flatMap(p -> new Layout(p).objection());
  }

  private Optional<Objection> asleep() {
    return cluster
        .filter(c -> isStored() && !isServed(c))
        .map(
            c ->
                Objection.forNow(
                    "DatabaseNotReady",
                    "the PostgreSQL of BotCluster %s does not run"
                        .formatted(c.getMetadata().getName())));
  }

  private boolean isStored() {
    return STORED.contains(policy.getSpec().strategy());
  }

  private static boolean isServed(BotCluster cluster) {
    return Optional.ofNullable(cluster.getStatus()).stream()
        .flatMap(status -> status.components().stream())
        .filter(component -> DATABASE.equals(component.name()))
        .map(ComponentStatus::ready)
        .anyMatch(ready -> ready > 0);
  }
}
