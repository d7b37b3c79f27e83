package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetUpdateStrategy;
import io.generalbots.operator.cluster.servers.ServerVolumes;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The StatefulSet of the servers and the volumes behind it. */
final class ServerSet {

  private ServerSet() {}

  /** The set and its volumes as they should be; a set that cannot be changed is replaced. */
  static List<Wish> wishes(Situation situation, int replicas) {
    var volumes = situation.volumes();
    var wishes = new ArrayList<Wish>(volumes.growth());
    if (situation.isBeingReplaced()) {
      return wishes;
    }
    wishes.add(
        situation
            .set()
            .filter(volumes::outgrow)
            .map(ServerVolumes::replacement)
            .orElseGet(() -> new Wish.Managed(set(situation, replicas))));
    return wishes;
  }

  private static StatefulSet set(Situation situation, int replicas) {
    var part = situation.part();
    var spec =
        new StatefulSetSpecBuilder()
            .withServiceName(part.name())
            .withReplicas(replicas)
            .withPodManagementPolicy("Parallel")
            .withUpdateStrategy(new StatefulSetUpdateStrategy(null, "OnDelete"))
            .withSelector(new LabelSelector(null, part.selector()))
            .withTemplate(ServerPod.template(situation))
            .withVolumeClaimTemplates(claimTemplate(situation))
            .withPersistentVolumeClaimRetentionPolicy(
                ServerVolumes.retention(situation.cluster().getSpec().reclaimPolicy()))
            .build();
    return new StatefulSetBuilder().withMetadata(part.meta()).withSpec(spec).build();
  }

  private static PersistentVolumeClaim claimTemplate(Situation situation) {
    var storageClass = Optional.ofNullable(situation.spec().storage().storageClass());
    var size = situation.volumes().templateSize(situation.set());
    return Volumes.claim(situation.part(), Names.DATA, size, storageClass);
  }
}
