package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.generalbots.operator.kube.Volumes;
import java.util.Map;
import java.util.Optional;

/** Volume claims as a test wants them. */
final class Claims {

  private Claims() {}

  /** A claim that asks for this size. */
  static PersistentVolumeClaim of(String name, String size) {
    var claim = Volumes.claim(Names.part("demo"), name, new Quantity(size), Optional.empty());
    claim.getMetadata().setUid("u-" + name);
    return claim;
  }

  /** A claim that asks for one size and has another. */
  static PersistentVolumeClaim growing(String name, String size, String capacity) {
    return new PersistentVolumeClaimBuilder(of(name, size))
        .withNewStatus()
        .withCapacity(Map.of("storage", new Quantity(capacity)))
        .endStatus()
        .build();
  }
}
