package io.generalbots.operator.external.vault;

import io.generalbots.operator.kernel.Step;

/** A step at a vault. */
public sealed interface VaultStep extends Step
    permits FirstSignIn, Contents, ReaderToken, OpenVault, CloseVault {

  /** The way to the vault. */
  Access access();
}
