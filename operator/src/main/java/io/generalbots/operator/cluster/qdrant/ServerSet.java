package io.generalbots.operator.cluster.qdrant;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpecBuilder;
import io.generalbots.operator.cluster.servers.ServerVolumes;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The StatefulSet of the peers, with their volumes. */
final class ServerSet {

  private static final String DELETE = "Delete";

  private ServerSet() {}

  /**
   * The set and its volumes; a set that cannot be changed is replaced under its pods.
   *
   * @param retires whether the volume of a peer that goes is to go with it: it is empty, and what
   *     it remembers of the cluster would keep it from coming in again
   */
  static List<Wish> wishes(Situation situation, int replicas, boolean retires) {
    var wishes = new ArrayList<>(situation.volumes().growth());
    if (situation.isBeingReplaced()) {
      return wishes;
    }
    wishes.add(
        situation
            .set()
            .filter(situation.volumes()::outgrow)
            .map(ServerVolumes::replacement)
            .orElseGet(() -> new Wish.Managed(set(situation, replicas, retires))));
    return wishes;
  }

  private static StatefulSet set(Situation situation, int replicas, boolean retires) {
    var part = situation.part();
    var spec =
        new StatefulSetSpecBuilder()
            .withServiceName(part.name(Names.HEADLESS))
            .withReplicas(replicas)
            .withPodManagementPolicy("Parallel")
            .withSelector(new LabelSelector(null, part.selector()))
            .withTemplate(ServerPod.template(situation))
            .withVolumeClaimTemplates(claimTemplate(situation))
            .withPersistentVolumeClaimRetentionPolicy(retention(situation, retires))
            .build();
    return new StatefulSetBuilder().withMetadata(part.meta()).withSpec(spec).build();
  }

  private static StatefulSetPersistentVolumeClaimRetentionPolicy retention(
      Situation situation, boolean retires) {
    var kept = ServerVolumes.retention(situation.cluster().getSpec().reclaimPolicy());
    return retires
        ? new StatefulSetPersistentVolumeClaimRetentionPolicy(kept.getWhenDeleted(), DELETE)
        : kept;
  }

  private static PersistentVolumeClaim claimTemplate(Situation situation) {
    return Volumes.claim(
        situation.part(),
        Names.DATA,
        situation.volumes().templateSize(situation.set()),
        Optional.ofNullable(situation.spec().storage().storageClass()));
  }
}
