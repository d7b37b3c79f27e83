package io.generalbots.operator.cluster.valkey;

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
    var wishes = new ArrayList<Wish>();
    if (situation.persists()) {
      wishes.addAll(situation.volumes().growth());
    }
    if (situation.isBeingReplaced()) {
      return wishes;
    }
    wishes.add(
        situation
            .set()
            .filter(live -> needsOtherClaims(situation, live))
            .map(ServerVolumes::replacement)
            .orElseGet(() -> new Wish.Managed(set(situation, replicas))));
    return wishes;
  }

  /** Whether the set is what is wished and its controller has seen that. */
  static boolean isSettled(Situation situation) {
    var wished = ServerPod.template(situation);
    return situation
        .set()
        .filter(s -> Rollout.revision(s).isPresent())
        .filter(s -> ServerPod.isSame(s.getSpec().getTemplate(), wished))
        .isPresent();
  }

  /** Claim templates cannot be changed: they may have to grow, to come or to go. */
  private static boolean needsOtherClaims(Situation situation, StatefulSet live) {
    var has = !live.getSpec().getVolumeClaimTemplates().isEmpty();
    return has != situation.persists() || (has && situation.volumes().outgrow(live));
  }

  private static StatefulSet set(Situation situation, int replicas) {
    var part = situation.part();
    var spec =
        new StatefulSetSpecBuilder()
            .withServiceName(part.name(Names.HEADLESS))
            .withReplicas(replicas)
            .withPodManagementPolicy("Parallel")
            .withUpdateStrategy(new StatefulSetUpdateStrategy(null, "OnDelete"))
            .withSelector(new LabelSelector(null, part.selector()))
            .withTemplate(ServerPod.template(situation))
            .withVolumeClaimTemplates(claimTemplates(situation))
            .withPersistentVolumeClaimRetentionPolicy(
                ServerVolumes.retention(situation.cluster().getSpec().reclaimPolicy()))
            .build();
    return new StatefulSetBuilder().withMetadata(part.meta()).withSpec(spec).build();
  }

  private static List<PersistentVolumeClaim> claimTemplates(Situation situation) {
    if (!situation.persists()) {
      return List.of();
    }
    var storageClass = Optional.ofNullable(situation.spec().persistence().storageClass());
    var size = situation.volumes().templateSize(situation.set());
    return List.of(Volumes.claim(situation.part(), Names.DATA, size, storageClass));
  }
}
