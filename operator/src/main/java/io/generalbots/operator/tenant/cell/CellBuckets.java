package io.generalbots.operator.tenant.cell;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.BotRef;
import io.generalbots.operator.cluster.encryption.DriveEncryption;
import io.generalbots.operator.external.tenant.ClaimBuckets;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.TenantNames;
import java.util.List;
import java.util.Optional;

/**
 * The buckets of a Tenant's bots in the object store of its Cell. The Secret that publishes them is
 * the memory of which there are: who has them all costs no call.
 *
 * @param cell where they are
 */
record CellBuckets(Cell cell) {

  /** The key under which they are published. */
  static final String KEY = "buckets";

  /** In a Cell nobody else could have any: by the name it is known again by the next Tenant. */
  private static final String HOLDER = "cell";

  /** What every BotCluster has from the start. */
  private static final String DEFAULT = TenantNames.bucket("default");

  /** Those that are there, as the Secret tells. */
  static List<String> published(Tenant tenant, Facts home) {
    return home.find(Secret.class, CellStore.DRIVE.secretName(tenant.getMetadata().getName()))
        .map(secret -> Secrets.text(secret, KEY))
        .filter(text -> !text.isEmpty())
        .map(text -> List.of(text.split(",")))
        .orElse(List.of());
  }

  /** What makes the others; none if there are none, or the store does not run. */
  Optional<Step> step() {
    return missing().isEmpty() || !isRunning()
        ? Optional.empty()
        : Optional.of(
            new ClaimBuckets(
                cell.name(),
                cell.tenant().getMetadata().getNamespace(),
                tenant(),
                HOLDER,
                missing(),
                Optional.empty(),
                true,
                cell.live().filter(DriveEncryption::isOn).isPresent()));
  }

  /** Those that are there, as they are published. */
  String known() {
    return String.join(",", wished().stream().filter(b -> !missing().contains(b)).toList());
  }

  /** Those that are there once the step is done. */
  String all() {
    return String.join(",", wished());
  }

  private List<String> missing() {
    var known = published(cell.tenant(), cell.home());
    return wished().stream().filter(b -> !known.contains(b) && !DEFAULT.equals(b)).toList();
  }

  private List<String> wished() {
    return cell.tenant().getSpec().bots().stream()
        .map(BotRef::name)
        .map(TenantNames::bucket)
        .toList();
  }

  private boolean isRunning() {
    return cell.live().filter(c -> new CellState(c).runs(CellStore.DRIVE.component())).isPresent();
  }

  private String tenant() {
    return cell.tenant().getMetadata().getName();
  }
}
