package io.generalbots.operator.external.vault;

import io.generalbots.operator.kernel.StepDriver;
import io.generalbots.operator.kernel.Unfinished;

/**
 * Does a step at a vault for whom it is no fault that the vault is closed: it is done when the
 * vault is back.
 *
 * @param driver who does it
 */
record Patient<S extends VaultStep>(StepDriver<S> driver) implements StepDriver<S> {

  @Override
  public Class<S> type() {
    return driver.type();
  }

  @Override
  public void perform(S step, String namespace) {
    try {
      driver.perform(step, namespace);
    } catch (VaultTrouble e) {
      if (e.kind() == VaultTrouble.Kind.REFUSED) {
        throw e;
      }
      throw new Unfinished(
          "the vault is not open (%s): %s".formatted(e.kind().reason(), e.getMessage()), e);
    }
  }
}
