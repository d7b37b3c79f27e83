package io.generalbots.operator.external.tenant;

import io.generalbots.operator.kernel.StepDriver;

/** Makes a Tenant's database as it should be; writes nothing where it is. */
public final class OpenDatabaseDriver implements StepDriver<OpenDatabase> {

  private final Provisioner provisioner;

  public OpenDatabaseDriver(Provisioner provisioner) {
    this.provisioner = provisioner;
  }

  @Override
  public Class<OpenDatabase> type() {
    return OpenDatabase.class;
  }

  @Override
  public void perform(OpenDatabase step, String namespace) {
    provisioner.open(step);
  }
}
