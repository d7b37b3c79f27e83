package io.generalbots.operator.external.vault;

import io.generalbots.operator.external.ServerStep;
import io.generalbots.operator.kernel.Decision;
import java.util.Set;

/**
 * The end of a Tenant's namespace of a vault, or of its logins alone.
 *
 * @param access the way to the vault
 * @param chamber its names
 * @param keepData whether the namespace stays, with nobody who gets in
 */
public record CloseVault(Access access, Chamber chamber, boolean keepData)
    implements VaultStep, ServerStep {

  @Override
  public String server() {
    return "the vault at " + access.address();
  }

  @Override
  public Decision decision() {
    return keepData
        ? Decision.normal(
            "VaultKept", "namespace %s of the vault is kept, closed".formatted(chamber.name()))
        : Decision.normal(
            "VaultRemoved", "namespace %s of the vault is removed".formatted(chamber.name()));
  }

  /** What another Tenant holds, or nobody, is not this one's to close. */
  static void perform(CloseVault step, Session session) {
    var chamber = step.chamber;
    var found = chamber.found(session);
    if (found.isPresent() && !chamber.isHeld(found.get())) {
      return;
    }
    chamber.shut(session, Set.of());
    if (found.isEmpty()) {
      return;
    }
    if (!step.keepData) {
      session.remove("sys/namespaces/" + chamber.name());
      chamber.found(session);
    } else if (!chamber.isMarked(found.get(), true)) {
      chamber.mark(session, true);
    }
  }
}
