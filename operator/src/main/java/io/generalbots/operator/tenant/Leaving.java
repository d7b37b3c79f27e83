package io.generalbots.operator.tenant;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;
import io.generalbots.api.v1alpha1.tenant.TenantStatusBuilder;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import java.util.List;
import java.util.Optional;

/**
 * The status of a Tenant that is on its way out.
 *
 * @param tenant as it was read
 * @param home what is known of its own namespace
 * @param left what is not done yet
 */
record Leaving(Tenant tenant, Facts home, Leftovers left) {

  TenantStatus status() {
    var conditions =
        List.of(
            Conditions.of("Ready", false, "Deleting", why()),
            Conditions.of("Reconciling", true, "Deleting", why()));
    var before = Optional.ofNullable(tenant.getStatus()).map(TenantStatus::conditions);
    var generation = tenant.getMetadata().getGeneration();
    return new TenantStatusBuilder()
        .observedGeneration(generation)
        .phase(TenantPhase.DELETING)
        .stores(left.stores())
        .conditions(Conditions.timed(conditions, before.orElse(List.of()), generation, home.now()))
        .build();
  }

  private String why() {
    return (left.isEmpty() ? "it is under way" : left.words())
        + "; it is tried again, and %s: \"true\" as an annotation gives up on it"
            .formatted(Farewell.FORCE);
  }
}
