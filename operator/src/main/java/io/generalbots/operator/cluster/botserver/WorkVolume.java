package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.generalbots.api.v1alpha1.cluster.AccessMode;
import io.generalbots.api.v1alpha1.cluster.WorkVolumeSpec;
import io.generalbots.operator.cluster.servers.ServerVolumes;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The folder in which bot servers compile what they find in the drive. The database remembers what
 * was fetched, so that an empty folder would stay empty: the volume that was used first is kept,
 * and since no claim can change how it is mounted, there is a name for either way.
 */
record WorkVolume(Situation situation) {

  private static final String ONE_NODE = "ReadWriteOnce";
  private static final String MANY_NODES = "ReadWriteMany";

  /** The claim that the servers mount. */
  String claim() {
    return used().map(c -> c.getMetadata().getName()).orElseGet(() -> name(isWishedShared()));
  }

  /** Whether servers on several nodes can mount it. */
  boolean isShared() {
    return used().map(WorkVolume::isShared).orElseGet(this::isWishedShared);
  }

  /** Whether the servers wait for storage that may never come. */
  boolean isPending() {
    return situation.claims().stream()
        .filter(c -> claim().equals(c.getMetadata().getName()))
        .anyMatch(c -> !isBound(c));
  }

  /** What has to exist: all claims that are there already, too, for nothing removes a volume. */
  List<Wish> wishes() {
    var wishes = new ArrayList<>(kept());
    if (situation.claims().stream().noneMatch(c -> claim().equals(c.getMetadata().getName()))) {
      wishes.add(new Wish.Once(made(), situation.retains()));
    }
    wishes.addAll(growth().growth());
    return wishes;
  }

  /** What is there of volumes, left as it is. */
  private List<Wish> kept() {
    return kept(situation.part(), situation.facts(), situation.retains());
  }

  /** The same where there are to be no servers. */
  static List<Wish> kept(Part part, Facts facts, boolean retains) {
    return facts.all(PersistentVolumeClaim.class, part.selector()).stream()
        .map(c -> part.named(c.getMetadata().getName()))
        .map(meta -> new PersistentVolumeClaimBuilder().withMetadata(meta).build())
        .<Wish>map(claim -> new Wish.Once(claim, retains))
        .toList();
  }

  ServerVolumes growth() {
    return new ServerVolumes(spec().size(), situation.claims());
  }

  /** One that is bound is used, for it may hold something. */
  private Optional<PersistentVolumeClaim> used() {
    return situation.claims().stream()
        .filter(WorkVolume::isBound)
        .min(Comparator.comparing(c -> !isShared(c)));
  }

  private PersistentVolumeClaim made() {
    var shared = isWishedShared();
    var claim =
        Volumes.claim(
            situation.part(),
            name(shared),
            spec().size(),
            Optional.ofNullable(spec().storageClass()));
    claim.getSpec().setAccessModes(List.of(shared ? MANY_NODES : ONE_NODE));
    return claim;
  }

  private String name(boolean shared) {
    return situation.part().name(shared ? "work-shared" : "work");
  }

  private boolean isWishedShared() {
    var mode = spec().accessMode();
    return mode == null ? isWishedByMany() : mode == AccessMode.READ_WRITE_MANY;
  }

  private boolean isWishedByMany() {
    return situation.site().replicas() > 1 || situation.site().life().scales();
  }

  private WorkVolumeSpec spec() {
    return situation.spec().workVolume();
  }

  private static boolean isShared(PersistentVolumeClaim claim) {
    return claim.getSpec().getAccessModes().contains(MANY_NODES);
  }

  private static boolean isBound(PersistentVolumeClaim claim) {
    return claim.getStatus() != null && "Bound".equals(claim.getStatus().getPhase());
  }
}
