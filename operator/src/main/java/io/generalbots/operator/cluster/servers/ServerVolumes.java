package io.generalbots.operator.cluster.servers;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.api.v1alpha1.shared.Storage;
import io.generalbots.operator.cluster.volumes.Claim;
import io.generalbots.operator.cluster.volumes.Fill;
import io.generalbots.operator.cluster.volumes.Growth;
import io.generalbots.operator.cluster.volumes.Sizes;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Wish;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The volumes of a StatefulSet's servers. They grow while they are used, and never shrink.
 *
 * @param size what each should have
 * @param claims those that exist
 * @param fills how full they are, by name, as far as it is known
 */
public record ServerVolumes(
    Quantity size, List<PersistentVolumeClaim> claims, Map<String, Fill> fills) {

  private static final String RETAIN = "Retain";
  private static final String DELETE = "Delete";
  private static final String STORAGE = "storage";

  public ServerVolumes {
    claims = List.copyOf(claims);
    fills = Map.copyOf(fills);
  }

  /** Those that have a size and keep to it. */
  public ServerVolumes(Quantity size, List<PersistentVolumeClaim> claims) {
    this(size, claims, Map.of());
  }

  /** Those whose size may follow their use. */
  public static ServerVolumes of(Storage storage, List<PersistentVolumeClaim> claims, Facts facts) {
    var growth = Growth.of(storage, claims, facts);
    return new ServerVolumes(growth.size(), claims, growth.fills());
  }

  /** What makes volumes grow that are smaller than they should be. */
  public List<Wish> growth() {
    return claims.stream()
        .filter(c -> Sizes.isLarger(size, new Claim(c).request()))
        .<Wish>map(c -> new Wish.Amend(grown(c)))
        .toList();
  }

  /** Whether a set's claim template, if it has one, asks for less. */
  public boolean outgrow(StatefulSet set) {
    return template(set).filter(template -> Sizes.isLarger(size, template)).isPresent();
  }

  /**
   * The size for the claim template: the one it has, since it cannot be changed, or the wished one.
   */
  public Quantity templateSize(Optional<StatefulSet> set) {
    return set.flatMap(ServerVolumes::template).orElse(size);
  }

  /** What is said while volumes do not have their size yet. */
  public Optional<Health> health() {
    var small =
        claims.stream()
            .map(Claim::new)
            .filter(c -> c.capacity().filter(has -> Sizes.isLarger(size, has)).isPresent())
            .map(Claim::name)
            .collect(Collectors.joining(", "));
    return small.isEmpty()
        ? Optional.empty()
        : Optional.of(Health.degraded("GrowingVolumes", "not yet of the wished size: " + small));
  }

  /** A claim template cannot be changed: a new set adopts the pods as they run. */
  public static Wish replacement(StatefulSet live) {
    return new Wish.Remove(
        live,
        Wish.Cascade.ORPHAN,
        Decision.normal("Replacing", "replacing the StatefulSet under its pods: volumes change"));
  }

  /** Whether a set is on its way out, under its pods: nothing can be said to it. */
  public static boolean isBeingReplaced(Optional<StatefulSet> set) {
    return set.filter(s -> s.getMetadata().getDeletionTimestamp() != null).isPresent();
  }

  /** Scaling in keeps volumes; what becomes of them with the set follows the policy. */
  public static StatefulSetPersistentVolumeClaimRetentionPolicy retention(ReclaimPolicy policy) {
    return new StatefulSetPersistentVolumeClaimRetentionPolicy(
        policy == ReclaimPolicy.RETAIN ? RETAIN : DELETE, RETAIN);
  }

  private PersistentVolumeClaim grown(PersistentVolumeClaim claim) {
    var name = claim.getMetadata().getName();
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withName(name)
        .withUid(claim.getMetadata().getUid())
        .addToAnnotations(new Claim(claim).marks(size, Optional.ofNullable(fills.get(name))))
        .endMetadata()
        .withNewSpec()
        .withNewResources()
        .addToRequests(STORAGE, size)
        .endResources()
        .endSpec()
        .build();
  }

  private static Optional<Quantity> template(StatefulSet set) {
    return set.getSpec().getVolumeClaimTemplates().stream()
        .findFirst()
        .map(claim -> new Claim(claim).request());
  }
}
