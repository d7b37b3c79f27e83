package io.generalbots.operator.reconcile;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.GeoStrategy;
import io.generalbots.api.v1alpha1.shard.Region;
import io.generalbots.operator.cluster.Complete;
import io.generalbots.operator.tenant.place.Admission;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is seen of the regions of a policy. */
final class RegionSight {

  private RegionSight() {}

  /** The BotClusters of them that are there and open to the policy. */
  static List<BotCluster> clusters(ShardPolicy policy, Context<ShardPolicy> context) {
    var places = ids(policy).map(ShardPolicySight::place).collect(Collectors.toSet());
    return context.getSecondaryResources(BotCluster.class).stream()
        .filter(c -> c.getMetadata().getDeletionTimestamp() == null)
        .filter(c -> places.contains(ShardPolicySight.place(c)))
        .filter(c -> admits(c, policy))
        .map(Complete::of)
        .toList();
  }

  /** Of another namespace only what is open to this one is a region here. */
  private static boolean admits(BotCluster cluster, ShardPolicy policy) {
    var namespace = policy.getMetadata().getNamespace();
    return namespace.equals(cluster.getMetadata().getNamespace())
        || Admission.admits(Complete.of(cluster), namespace);
  }

  /** The BotClusters that regions of this Kubernetes cluster name. */
  static Stream<ResourceID> ids(ShardPolicy policy) {
    return Optional.ofNullable(policy.getSpec().geo()).map(GeoStrategy::regions).stream()
        .flatMap(List::stream)
        .filter(region -> region.endpoint() == null)
        .map(Region::clusterRef)
        .map(
            reference ->
                new ResourceID(
                    reference.name(),
                    Optional.ofNullable(reference.namespace())
                        .orElse(policy.getMetadata().getNamespace())));
  }
}
