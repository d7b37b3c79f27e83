package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetUpdateStrategy;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The StatefulSet of the servers and the volumes behind it. */
final class ServerSet {

  private static final String RETAIN = "Retain";
  private static final String STORAGE = "storage";
  private static final String DELETE = "Delete";

  private ServerSet() {}

  /** The set and its volumes as they should be; a set that cannot be changed is replaced. */
  static List<Wish> wishes(Situation situation, int replicas) {
    var wishes = new ArrayList<Wish>(growth(situation));
    if (situation.isBeingReplaced()) {
      return wishes;
    }
    wishes.add(
        situation
            .set()
            .filter(live -> isLarger(size(situation), templateSize(live)))
            .map(ServerSet::replacement)
            .orElseGet(() -> new Wish.Managed(set(situation, replicas))));
    return wishes;
  }

  /** Volumes smaller than they should be; they never shrink. */
  static List<PersistentVolumeClaim> toGrow(Situation situation) {
    return situation.claims().stream().filter(c -> isLarger(size(situation), request(c))).toList();
  }

  /** Volumes that do not have their size yet. */
  static List<PersistentVolumeClaim> growing(Situation situation) {
    return situation.claims().stream()
        .filter(c -> capacity(c).filter(has -> isLarger(size(situation), has)).isPresent())
        .toList();
  }

  private static List<Wish> growth(Situation situation) {
    return toGrow(situation).stream().<Wish>map(c -> new Wish.Amend(grown(situation, c))).toList();
  }

  private static PersistentVolumeClaim grown(Situation situation, PersistentVolumeClaim claim) {
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withName(claim.getMetadata().getName())
        .withUid(claim.getMetadata().getUid())
        .endMetadata()
        .withNewSpec()
        .withNewResources()
        .addToRequests(STORAGE, size(situation))
        .endResources()
        .endSpec()
        .build();
  }

  /** The size in a claim template cannot be changed: a new set adopts the pods as they run. */
  private static Wish replacement(StatefulSet live) {
    return new Wish.Remove(
        live,
        Wish.Cascade.ORPHAN,
        Decision.normal("Replacing", "replacing the StatefulSet under its pods: volumes grow"));
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
            .withPersistentVolumeClaimRetentionPolicy(retention(situation))
            .build();
    return new StatefulSetBuilder().withMetadata(part.meta()).withSpec(spec).build();
  }

  private static PersistentVolumeClaim claimTemplate(Situation situation) {
    var storageClass = Optional.ofNullable(situation.spec().storage().storageClass());
    var size = situation.set().map(ServerSet::templateSize).orElseGet(() -> size(situation));
    return Volumes.claim(situation.part(), Names.DATA, size, storageClass);
  }

  private static StatefulSetPersistentVolumeClaimRetentionPolicy retention(Situation situation) {
    var retained = situation.cluster().getSpec().reclaimPolicy() == ReclaimPolicy.RETAIN;
    return new StatefulSetPersistentVolumeClaimRetentionPolicy(retained ? RETAIN : DELETE, RETAIN);
  }

  private static Quantity size(Situation situation) {
    return situation.spec().storage().size();
  }

  private static Quantity templateSize(StatefulSet set) {
    return request(set.getSpec().getVolumeClaimTemplates().get(0));
  }

  private static Quantity request(PersistentVolumeClaim claim) {
    var requests = claim.getSpec().getResources().getRequests();
    return requests.getOrDefault(STORAGE, new Quantity("0"));
  }

  private static Optional<Quantity> capacity(PersistentVolumeClaim claim) {
    return Optional.ofNullable(claim.getStatus())
        .flatMap(s -> Optional.ofNullable(s.getCapacity()))
        .flatMap(c -> Optional.ofNullable(c.get(STORAGE)));
  }

  private static boolean isLarger(Quantity one, Quantity other) {
    return one.getNumericalAmount().compareTo(other.getNumericalAmount()) > 0;
  }
}
