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
    var dwelling = new Dwelling(step.tenant(), step.holder());
    provisioner.change(
        step.cluster(), step.namespace(), dwelling, found -> Closing.of(step, found).change());
  }
}
