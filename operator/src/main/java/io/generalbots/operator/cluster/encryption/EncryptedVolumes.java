package io.generalbots.operator.cluster.encryption;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import java.util.List;
import java.util.Optional;

/**
 * Puts the encrypted StorageClass of the spec on every claim template that names none. In one
 * place, so that no component forgets it.
 *
 * @param cluster whose plan it is
 * @param facts what exists: the class of a set's volumes cannot be changed afterwards
 */
public record EncryptedVolumes(BotCluster cluster, Facts facts) {

  /** The same plan with the class on its volumes. */
  public Plan place(Plan plan) {
    if (plan instanceof Plan.Apply apply) {
      apply.wishes().stream()
          .filter(Wish.Managed.class::isInstance)
          .map(w -> ((Wish.Managed) w).object())
          .filter(StatefulSet.class::isInstance)
          .forEach(set -> place((StatefulSet) set));
    }
    return plan;
  }

  private void place(StatefulSet set) {
    var storageClass = storageClass(set);
    templates(set).stream()
        .filter(t -> t.getSpec().getStorageClassName() == null)
        .forEach(t -> t.getSpec().setStorageClassName(storageClass.orElse(null)));
  }

  private Optional<String> storageClass(StatefulSet wished) {
    var live = facts.find(StatefulSet.class, wished.getMetadata().getName());
    return live.isPresent()
        ? templates(live.get()).stream()
            .findFirst()
            .flatMap(t -> Optional.ofNullable(t.getSpec().getStorageClassName()))
        : Optional.ofNullable(cluster.getSpec().encryption().storageClass());
  }

  private static List<PersistentVolumeClaim> templates(StatefulSet set) {
    var templates = set.getSpec().getVolumeClaimTemplates();
    return templates == null ? List.of() : templates;
  }
}
