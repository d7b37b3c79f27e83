package io.generalbots.operator.external.tenant;

import io.generalbots.operator.kernel.StepDriver;

/** Removes a copy of a Tenant's database; done already where none is left. */
public final class RemoveDatabaseDriver implements StepDriver<RemoveDatabase> {

  private final Provisioner provisioner;

  public RemoveDatabaseDriver(Provisioner provisioner) {
    this.provisioner = provisioner;
  }

  @Override
  public Class<RemoveDatabase> type() {
    return RemoveDatabase.class;
  }

  @Override
  public void perform(RemoveDatabase step, String namespace) {
    provisioner.remove(step);
  }
}
