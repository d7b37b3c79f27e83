package io.generalbots.operator.external.move;

import io.generalbots.operator.external.tenant.Copy;
import io.generalbots.operator.external.tenant.Credential;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Step;

/**
 * A database of a Tenant that is carried to another server is handed over once it is there, or
 * given up.
 *
 * @param id of the move
 * @param cluster whose poolers lead to it
 * @param from the copy that is in use
 * @param to the one that is to be
 * @param mover the login that carries it, which both servers know
 * @param isEnded whether what carries it has ended well, and so may have taken its mark away
 * @param isGivenUp whether it stays where it is; what is handed over already is not
 */
public record HandOver(
    String id,
    String cluster,
    Copy from,
    Copy to,
    Credential mover,
    boolean isEnded,
    boolean isGivenUp)
    implements Step {

  @Override
  public Decision decision() {
    return isGivenUp
        ? Decision.normal(
            "MoveGivenUp",
            "the database of %s stays on %s".formatted(from.tenant(), from.cluster()))
        : Decision.normal(
            "TenantMoved",
            "the database of %s is on %s now, and was on %s"
                .formatted(from.tenant(), to.cluster(), from.cluster()));
  }
}
