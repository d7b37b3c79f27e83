package io.generalbots.operator.external;

import io.generalbots.operator.kernel.StepDriver;

/**
 * Does steps at servers as the doorway lets them through.
 *
 * @param doorway which all of them go through
 * @param driver who does them
 */
record Attended<S extends ServerStep>(Doorway doorway, StepDriver<S> driver)
    implements StepDriver<S> {

  @Override
  public Class<S> type() {
    return driver.type();
  }

  @Override
  public void perform(S step, String namespace) {
    doorway.pass(step.server(), () -> driver.perform(step, namespace));
  }
}
