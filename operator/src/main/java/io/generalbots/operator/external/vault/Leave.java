package io.generalbots.operator.external.vault;

import io.generalbots.operator.kernel.Decision;
import io.vertx.core.json.JsonObject;

/**
 * One server leaves its peers, so that they no longer count it when they vote.
 *
 * @param access the way to the vault
 * @param server the pod, which is also its name among its peers
 */
public record Leave(Access access, String server) implements VaultStep {

  @Override
  public Decision decision() {
    return Decision.normal("VaultServerLeft", server + " no longer counts among its peers");
  }

  static void perform(Leave step, Session session) {
    session.tell("sys/storage/raft/remove-peer", new JsonObject().put("server_id", step.server));
  }
}
