package io.generalbots.operator.kube;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.VolumeResourceRequirementsBuilder;
import java.util.Map;
import java.util.Optional;

/** Volumes, mounts and claims. */
public final class Volumes {

  /** Owner reads, group reads: for keys that only the server may see. */
  private static final int PRIVATE = 0440;

  private Volumes() {}

  /** Scratch space of at most this size. */
  public static Volume scratch(String name, String limit) {
    return new VolumeBuilder()
        .withName(name)
        .withEmptyDir(new EmptyDirVolumeSource(null, new Quantity(limit)))
        .build();
  }

  /** The keys of a Secret as files. */
  public static Volume secret(String name, String secretName) {
    return new VolumeBuilder()
        .withName(name)
        .withNewSecret()
        .withSecretName(secretName)
        .withDefaultMode(PRIVATE)
        .endSecret()
        .build();
  }

  /** The same of one that may come later: the pod starts without it. */
  public static Volume optionalSecret(String name, String secretName) {
    var volume = secret(name, secretName);
    volume.getSecret().setOptional(true);
    return volume;
  }

  /** The keys of a ConfigMap as files. */
  public static Volume configMap(String name, String configMapName) {
    return new VolumeBuilder()
        .withName(name)
        .withNewConfigMap()
        .withName(configMapName)
        .endConfigMap()
        .build();
  }

  /** A writable mount. */
  public static VolumeMount mount(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
  }

  /** A read-only mount. */
  public static VolumeMount readOnly(String volume, String path) {
    return new VolumeMountBuilder(mount(volume, path)).withReadOnly(true).build();
  }

  /** A claim template of a StatefulSet; its labels mark the claims as ours. */
  public static PersistentVolumeClaim claim(
      Part part, String name, Quantity size, Optional<String> storageClass) {
    PersistentVolumeClaimSpec spec =
        new PersistentVolumeClaimSpecBuilder()
            .withAccessModes("ReadWriteOnce")
            .withStorageClassName(storageClass.orElse(null))
            .withResources(
                new VolumeResourceRequirementsBuilder()
                    .withRequests(Map.of("storage", size))
                    .build())
            .build();
    return new PersistentVolumeClaimBuilder().withMetadata(part.named(name)).withSpec(spec).build();
  }
}
