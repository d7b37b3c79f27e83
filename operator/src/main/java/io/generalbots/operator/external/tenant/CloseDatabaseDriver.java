package io.generalbots.operator.external.tenant;

import io.generalbots.operator.kernel.StepDriver;

/** Closes a Tenant's database, or removes it; done already where nothing of it is left. */
public final class CloseDatabaseDriver implements StepDriver<CloseDatabase> {

  private final Provisioner provisioner;

  public CloseDatabaseDriver(Provisioner provisioner) {
    this.provisioner = provisioner;
  }

  @Override
  public Class<CloseDatabase> type() {
    return CloseDatabase.class;
  }

  @Override
  public void perform(CloseDatabase step, String namespace) {
    provisioner.close(step);
  }
}
