package io.generalbots.operator.cluster.volumes;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.FilerStore;
import io.generalbots.api.v1alpha1.cluster.ServiceMode;
import io.generalbots.api.v1alpha1.shared.AutoGrow;
import io.generalbots.api.v1alpha1.shared.Storage;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The volumes of one component that grow by themselves.
 *
 * @param field of the spec that is about them: {@code spec.postgres.storage}
 * @param part whose they are
 * @param storage what is wished
 * @param auto how they grow
 */
public record Disk(String field, Part part, Storage storage, AutoGrow auto) {

  private static final String QDRANT = "qdrant";
  private static final String VAULT = "vault";
  private static final String DRIVE = "seaweedfs";

  /** All that a BotCluster with all its defaults has. */
  public static List<Disk> of(BotCluster cluster) {
    var spec = cluster.getSpec();
    var name = cluster.getMetadata().getName();
    var disks = new ArrayList<Optional<Disk>>();
    if (spec.postgres().external() == null) {
      disks.add(disk("postgres", new Part(name, "postgres"), spec.postgres().storage()));
    }
    if (Features.isOn(cluster, QDRANT) && spec.qdrant().external() == null) {
      disks.add(disk(QDRANT, new Part(name, QDRANT), spec.qdrant().storage()));
    }
    if (Features.isOn(cluster, VAULT) && spec.vault().mode() != ServiceMode.EXTERNAL) {
      disks.add(disk(VAULT, new Part(name, VAULT), spec.vault().storage()));
    }
    if (Features.isOn(cluster, DRIVE) && spec.seaweedfs().external() == null) {
      disks.addAll(drive(cluster));
    }
    return disks.stream().flatMap(Optional::stream).toList();
  }

  private static List<Optional<Disk>> drive(BotCluster cluster) {
    var name = cluster.getMetadata().getName();
    var drive = cluster.getSpec().seaweedfs();
    var part = new Part(name, "seaweedfs-volume");
    var volumes = disk("seaweedfs.volumes", part, drive.volumes().storage());
    if (drive.filers().store() != FilerStore.EMBEDDED) {
      return List.of(volumes);
    }
    var filers = new Part(name, "seaweedfs-filer");
    return List.of(volumes, disk("seaweedfs.filers", filers, drive.filers().storage()));
  }

  private static Optional<Disk> disk(String field, Part part, Storage storage) {
    return Optional.ofNullable(storage.autoGrow())
        .map(auto -> new Disk("spec.%s.storage".formatted(field), part, storage, auto));
  }

  /** What is to become of those that exist. */
  Growth growth(Facts facts) {
    return Growth.of(storage, facts.all(PersistentVolumeClaim.class, part.selector()), facts);
  }
}
