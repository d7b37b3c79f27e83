package io.generalbots.operator.tenant;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.schema.Completed;
import io.generalbots.api.v1alpha1.tenant.TenantSpec;

/** A Tenant as the operator reads it: the definition installed may know less than it does. */
public final class CompleteTenant {

  private CompleteTenant() {}

  /** The same with every default; what was read stays as it is. */
  public static Tenant of(Tenant read) {
    var tenant = new Tenant();
    tenant.setMetadata(read.getMetadata());
    tenant.setSpec(Completed.of(TenantSpec.class, read.getSpec()));
    tenant.setStatus(read.getStatus());
    return tenant;
  }
}
