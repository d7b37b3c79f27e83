package io.generalbots.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.HashStrategy;
import io.generalbots.api.v1alpha1.shard.PartitionedTable;
import io.generalbots.api.v1alpha1.shard.ShardPolicyStatus;
import io.generalbots.operator.cluster.Complete;
import io.generalbots.operator.external.partition.PartitionedTables;
import io.generalbots.operator.external.spread.Shards;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Horizon;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Reading;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.shard.CompletePolicy;
import io.generalbots.operator.shard.Scene;
import io.generalbots.operator.shard.ShardPolicyBlueprint;
import io.generalbots.operator.shard.hash.Layout;
import io.generalbots.sharding.hash.HashFunction;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is seen of a ShardPolicy: its BotCluster and the other policies on that, from caches; and
 * its tables, of which nobody tells, so that every round looks at them.
 *
 * @param tables are looked at
 * @param shards are looked at as well
 * @param horizon how objects of other operators' kinds are found
 * @param settings how this operator was set up
 * @param period from one look to the next while nothing is to be done
 */
public record ShardPolicySight(
    PartitionedTables tables,
    Shards shards,
    Horizon<ShardPolicy> horizon,
    Settings settings,
    Duration period) {

  /** Every kind of object that policies make, and the pods that follow from them. */
  public static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          Deployment.class,
          Job.class,
          Pod.class,
          Service.class,
          ConfigMap.class,
          PodDisruptionBudget.class,
          NetworkPolicy.class,
          ServiceAccount.class,
          Role.class,
          RoleBinding.class);

  /** The index of policies by the BotCluster they are of. */
  static final String INDEX = "cluster";

  /** The index of policies by the BotClusters that are regions of them. */
  static final String REGIONS = "regions";

  ShardPolicyBlueprint all(ShardPolicy policy, Context<ShardPolicy> context) {
    var scene = scene(policy, context);
    var read = scene.isSet() ? read(scene, context) : Set.<Reading>of();
    var now = Clock.systemUTC().instant();
    var kinds = horizon.observe(policy, context).kinds();
    var registrations = Inhabitants.registrations(policy, context);
    var seen = new Surroundings(registrations, kinds, Optional.empty(), read);
    var facts = new Facts(now, new SecureEntropy(), made(policy, context), settings);
    return new ShardPolicyBlueprint(scene, facts.in(seen));
  }

  private static Scene scene(ShardPolicy policy, Context<ShardPolicy> context) {
    return new Scene(
        policy,
        cluster(policy, context),
        others(policy, context),
        RegionSight.clusters(policy, context),
        Inhabitants.tenants(policy, context));
  }

  private List<HasMetadata> made(ShardPolicy policy, Context<ShardPolicy> context) {
    var made = new ArrayList<HasMetadata>();
    KINDS.forEach(kind -> made.addAll(context.getSecondaryResources(kind)));
    horizon.made(context).forEach(made::add);
    made.addAll(Inhabitants.placements(policy, context));
    context.getSecondaryResources(BotCluster.class).stream()
        .filter(c -> isShard(c, policy))
        .forEach(made::add);
    return made;
  }

  private static boolean isShard(BotCluster cluster, ShardPolicy policy) {
    var name = Objects.labels(cluster).get(Labels.SHARD_POLICY);
    return policy.getMetadata().getName().equals(name);
  }

  /** Shards that are wished, or were told of. */
  static int most(ShardPolicy policy) {
    var wished = Optional.ofNullable(policy.getSpec().hash()).map(HashStrategy::count).orElse(1);
    var told =
        Optional.ofNullable(policy.getStatus()).map(ShardPolicyStatus::shards).orElse(List.of());
    return Math.min(HashFunction.MAX_COUNT, Math.max(wished, told.size()));
  }

  private Set<Reading> read(Scene scene, Context<ShardPolicy> context) {
    return switch (scene.policy().getSpec().strategy()) {
      case HASH -> Set.of(shards(scene));
      case TIME -> Set.of(tables(scene.policy()));
      case GEO -> Set.of(GatewaySight.read(scene.policy(), context));
      case TENANT -> Set.of();
    };
  }

  private Reading shards(Scene scene) {
    var policy = scene.policy();
    var hash =
        Optional.ofNullable(policy.getSpec().hash())
            .orElseThrow(() -> new IllegalStateException("the definition asks for hash"));
    var search =
        new Shards.Search(
            policy.getMetadata().getName(), Scene.namespace(policy), hash.key(), hash.count());
    var places = new Layout(policy).places(HashFunction.MAX_COUNT);
    return shards.read(search, hash.tables(), scene.takenByOthers(), places);
  }

  private Reading tables(ShardPolicy policy) {
    var columns =
        Optional.ofNullable(policy.getSpec().time()).stream()
            .flatMap(time -> time.tables().stream())
            .collect(Collectors.toMap(PartitionedTable::name, PartitionedTable::column));
    return tables.read(policy.getSpec().clusterRef().name(), Scene.namespace(policy), columns);
  }

  private static Optional<BotCluster> cluster(ShardPolicy policy, Context<ShardPolicy> context) {
    return context.getSecondaryResources(BotCluster.class).stream()
        .filter(c -> c.getMetadata().getDeletionTimestamp() == null)
        .filter(c -> place(c).equals(place(policy)))
        .map(Complete::of)
        .findFirst();
  }

  static String place(ResourceID cluster) {
    return cluster.getNamespace().orElse("") + "/" + cluster.getName();
  }

  private static List<ShardPolicy> others(ShardPolicy policy, Context<ShardPolicy> context) {
    return context.getPrimaryCache().byIndex(INDEX, place(policy)).stream()
        .filter(other -> !ResourceID.fromResource(other).equals(ResourceID.fromResource(policy)))
        .filter(other -> other.getMetadata().getDeletionTimestamp() == null)
        .map(CompletePolicy::of)
        .toList();
  }

  static String place(ShardPolicy policy) {
    return policy.getMetadata().getNamespace() + "/" + policy.getSpec().clusterRef().name();
  }

  static String place(BotCluster cluster) {
    return cluster.getMetadata().getNamespace() + "/" + cluster.getMetadata().getName();
  }
}
