package io.generalbots.operator.external.vault;

import io.generalbots.operator.kernel.Decision;

/** The first sign-in at a vault that has just initialised itself: from then on it is in use. */
public record FirstSignIn(Access access) implements VaultStep {

  @Override
  public Decision decision() {
    return Decision.normal("VaultInitialised", "the vault has initialised itself and is in use");
  }

  /** The session was opened, which was all. */
  static void perform(FirstSignIn step, Session session) {
    session.ask("auth/token/lookup-self");
  }
}
