package io.generalbots.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.PartitionedTable;
import io.generalbots.operator.cluster.Complete;
import io.generalbots.operator.external.partition.PartitionedTables;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Reading;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.shard.CompletePolicy;
import io.generalbots.operator.shard.Scene;
import io.generalbots.operator.shard.ShardPolicyBlueprint;
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
 * @param settings how this operator was set up
 * @param period from one look to the next while nothing is to be done
 */
public record ShardPolicySight(PartitionedTables tables, Settings settings, Duration period) {

  /** Every kind of object that policies make, and the pods that follow from them. */
  public static final List<Class<? extends HasMetadata>> KINDS =
      List.of(Job.class, Pod.class, ConfigMap.class, ServiceAccount.class, NetworkPolicy.class);

  /** The index of policies by the BotCluster they are of. */
  static final String INDEX = "cluster";

  ShardPolicyBlueprint all(ShardPolicy policy, Context<ShardPolicy> context) {
    var scene = new Scene(policy, cluster(policy, context), others(policy, context));
    var read = scene.isSet() ? Set.of(read(policy)) : Set.<Reading>of();
    var now = Clock.systemUTC().instant();
    var seen = new Surroundings(List.of(), Set.of(), Optional.empty(), read);
    var facts = new Facts(now, new SecureEntropy(), made(context), settings);
    return new ShardPolicyBlueprint(scene, facts.in(seen));
  }

  private static List<HasMetadata> made(Context<ShardPolicy> context) {
    var made = new ArrayList<HasMetadata>();
    KINDS.forEach(kind -> made.addAll(context.getSecondaryResources(kind)));
    return made;
  }

  private Reading read(ShardPolicy policy) {
    var columns =
        Optional.ofNullable(policy.getSpec().time()).stream()
            .flatMap(time -> time.tables().stream())
            .collect(Collectors.toMap(PartitionedTable::name, PartitionedTable::column));
    return tables.read(policy.getSpec().clusterRef().name(), Scene.namespace(policy), columns);
  }

  private static Optional<BotCluster> cluster(ShardPolicy policy, Context<ShardPolicy> context) {
    return context
        .getSecondaryResource(BotCluster.class)
        .filter(c -> c.getMetadata().getDeletionTimestamp() == null)
        .filter(c -> place(c).equals(place(policy)))
        .map(Complete::of);
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
