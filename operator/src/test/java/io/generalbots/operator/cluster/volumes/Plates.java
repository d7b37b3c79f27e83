package io.generalbots.operator.cluster.volumes;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.generalbots.api.v1alpha1.shared.AutoGrow;
import io.generalbots.api.v1alpha1.shared.Storage;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Claims, classes and what is seen of volumes, as a test wants them. */
final class Plates {

  static final String NAME = "data-demo-postgres-0";
  static final String CLASS = "fast";

  /** In bytes: what XFS keeps of a volume for itself. */
  static final long OVERHEAD = 64L << 20;

  private Plates() {}

  /** Of servers that grow to a size when they are full to 80 %. */
  static Storage storage(String size, String maxSize) {
    return new Storage(new Quantity(size), CLASS, new AutoGrow(80, new Quantity(maxSize)));
  }

  /** A claim that asks for a size and has it. */
  static PersistentVolumeClaim claim(String name, String size) {
    return claim(name, size, size);
  }

  /** A claim that asks for one size and has another. */
  static PersistentVolumeClaim claim(String name, String size, String capacity) {
    return new PersistentVolumeClaimBuilder()
        .withMetadata(new Part("demo", "postgres").named(name))
        .withNewSpec()
        .withStorageClassName(CLASS)
        .withNewResources()
        .addToRequests("storage", new Quantity(size))
        .endResources()
        .endSpec()
        .withNewStatus()
        .withPhase("Bound")
        .addToCapacity("storage", new Quantity(capacity))
        .endStatus()
        .build();
  }

  static StorageClass storageClass(boolean grows) {
    return new StorageClassBuilder()
        .withNewMetadata()
        .withName(CLASS)
        .endMetadata()
        .withAllowVolumeExpansion(grows)
        .build();
  }

  /** What is seen of a volume of a size. */
  static Fill fill(int percent, String size) {
    return new Fill(percent, false, Sizes.bytes(new Quantity(size)).longValue() - OVERHEAD);
  }

  /** Of one claim, which is all that there is. */
  static Growth growth(Storage storage, PersistentVolumeClaim claim, Fill fill) {
    return growth(storage, List.of(claim), Map.of(claim.getMetadata().getName(), fill));
  }

  static Growth growth(
      Storage storage, List<PersistentVolumeClaim> claims, Map<String, Fill> fills) {
    return new Growth(storage, claims.stream().map(Claim::new).toList(), fills, Optional.empty());
  }
}
