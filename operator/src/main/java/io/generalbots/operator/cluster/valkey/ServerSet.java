package io.generalbots.operator.cluster.valkey;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetUpdateStrategy;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The StatefulSet of the servers and the volumes behind it. */
final class ServerSet {

  private static final String RETAIN = "Retain";
  private static final String DELETE = "Delete";
  private static final String STORAGE = "storage";

  private ServerSet() {}

  /** The set and its volumes as they should be; a set that cannot be changed is replaced. */
  static List<Wish> wishes(Situation situation, int replicas) {
    var wishes = new ArrayList<Wish>();
    toGrow(situation).forEach(c -> wishes.add(new Wish.Amend(grown(situation, c))));
    if (isBeingReplaced(situation)) {
      return wishes;
    }
    wishes.add(
        situation
            .set()
            .filter(live -> needsOtherClaims(situation, live))
            .map(ServerSet::replacement)
            .orElseGet(() -> new Wish.Managed(set(situation, replicas))));
    return wishes;
  }

  /** Whether the set is on its way out, under its pods: nothing can be said to it. */
  static boolean isBeingReplaced(Situation situation) {
    return situation.set().filter(s -> s.getMetadata().getDeletionTimestamp() != null).isPresent();
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

  /** Volumes that do not have their size yet. */
  static List<PersistentVolumeClaim> growing(Situation situation) {
    return situation.claims().stream()
        .filter(c -> capacity(c).filter(has -> isLarger(size(situation), has)).isPresent())
        .toList();
  }

  /** Volumes smaller than they should be; they never shrink. */
  private static List<PersistentVolumeClaim> toGrow(Situation situation) {
    return situation.persists()
        ? situation.claims().stream().filter(c -> isLarger(size(situation), request(c))).toList()
        : List.of();
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

  /** Claim templates cannot be changed: they may have to grow, to come or to go. */
  private static boolean needsOtherClaims(Situation situation, StatefulSet live) {
    var templates = live.getSpec().getVolumeClaimTemplates();
    return templates.isEmpty()
        ? situation.persists()
        : !situation.persists() || isLarger(size(situation), request(templates.get(0)));
  }

  private static Wish replacement(StatefulSet live) {
    return new Wish.Remove(
        live,
        Wish.Cascade.ORPHAN,
        Decision.normal("Replacing", "replacing the StatefulSet under its pods: volumes change"));
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
            .withPersistentVolumeClaimRetentionPolicy(retention(situation))
            .build();
    return new StatefulSetBuilder().withMetadata(part.meta()).withSpec(spec).build();
  }

  private static List<PersistentVolumeClaim> claimTemplates(Situation situation) {
    if (!situation.persists()) {
      return List.of();
    }
    var storageClass = Optional.ofNullable(situation.spec().persistence().storageClass());
    var size =
        situation
            .set()
            .flatMap(s -> s.getSpec().getVolumeClaimTemplates().stream().findFirst())
            .map(ServerSet::request)
            .orElseGet(() -> size(situation));
    return List.of(Volumes.claim(situation.part(), Names.DATA, size, storageClass));
  }

  private static StatefulSetPersistentVolumeClaimRetentionPolicy retention(Situation situation) {
    return new StatefulSetPersistentVolumeClaimRetentionPolicy(
        situation.retains() ? RETAIN : DELETE, RETAIN);
  }

  private static Quantity size(Situation situation) {
    return situation.spec().persistence().size();
  }

  private static Quantity request(PersistentVolumeClaim claim) {
    return requireNonNull(
        claim.getSpec().getResources().getRequests().get(STORAGE), "a claim without a size");
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
