package io.generalbots.operator.cluster.encryption;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.generalbots.operator.kernel.Objects;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What encrypts the volumes of a StorageClass, by what the class itself says. */
final class VolumeEncryption {

  /** With which an administrator declares what no parameter says: disks under LUKS, for one. */
  static final String DECLARATION = "generalbots.io/encrypted-at-rest";

  /** Parameters with which provisioners of volumes are told to encrypt. */
  private static final Set<String> PARAMETERS =
      Set.of("encrypted", "linodebs.csi.linode.com/luks-encrypted");

  /** Provisioners whose volumes are always encrypted, with the provider's key if no other. */
  private static final Set<String> ALWAYS = Set.of("pd.csi.storage.gke.io", "disk.csi.azure.com");

  private VolumeEncryption() {}

  /** What encrypts, in a few words; empty if nothing says that anything does. */
  static Optional<String> of(StorageClass storageClass) {
    return Stream.of(parameter(storageClass), provisioner(storageClass), declaration(storageClass))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> parameter(StorageClass storageClass) {
    var parameters = storageClass.getParameters();
    return (parameters == null ? Map.<String, String>of() : parameters)
        .entrySet().stream()
            .filter(e -> PARAMETERS.contains(e.getKey()) && isTrue(e.getValue()))
            .map(e -> "parameter %s of %s".formatted(e.getKey(), storageClass.getProvisioner()))
            .sorted()
            .findFirst();
  }

  private static Optional<String> provisioner(StorageClass storageClass) {
    return Optional.of(storageClass.getProvisioner())
        .filter(ALWAYS::contains)
        .map(name -> "always, by " + name);
  }

  private static Optional<String> declaration(StorageClass storageClass) {
    return Optional.ofNullable(Objects.annotations(storageClass).get(DECLARATION))
        .filter(VolumeEncryption::isTrue)
        .map(yes -> "declared by its annotation " + DECLARATION);
  }

  private static boolean isTrue(String value) {
    return "true".equalsIgnoreCase(value);
  }
}
