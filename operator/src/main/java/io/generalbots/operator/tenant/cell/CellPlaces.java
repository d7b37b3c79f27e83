package io.generalbots.operator.tenant.cell;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.shared.Isolation;
import io.generalbots.api.v1alpha1.tenant.TenantStatusBuilder;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Secrets;
import java.util.Optional;

/**
 * Where a Tenant finds what it has in its Cell.
 *
 * @param tenant whose Cell it is
 * @param home what is known of the Tenant's own namespace
 */
public record CellPlaces(Tenant tenant, Facts home) {

  /** As far as it is published. */
  public void tell(TenantStatusBuilder status) {
    var database = CellStore.DATABASE.secretName(tenant.getMetadata().getName());
    status.isolation(Isolation.CELL);
    home.find(Secret.class, database)
        .ifPresent(
            secret -> {
              status.secretName(database);
              Optional.of(Secrets.text(secret, "dbname"))
                  .filter(name -> !name.isEmpty())
                  .ifPresent(status::database);
            });
    status.buckets(CellBuckets.published(tenant, home));
  }
}
