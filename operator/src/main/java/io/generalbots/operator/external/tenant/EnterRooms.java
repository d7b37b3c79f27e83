package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.ServerStep;
import io.generalbots.operator.kernel.Decision;

/**
 * Sees that the door before LiveKit lets a tenant's key in; unfinished until then.
 *
 * @param cluster the name of the BotCluster
 * @param namespace where that is
 * @param tenant whose key it is
 * @param login what is tried
 */
public record EnterRooms(String cluster, String namespace, String tenant, Credential login)
    implements ServerStep {

  @Override
  public String server() {
    return Servers.ofRooms(cluster, namespace);
  }

  @Override
  public Decision decision() {
    return Decision.normal(
        "RoomsEntered",
        "the gateway of BotCluster %s lets %s into rooms".formatted(cluster, login.name()));
  }
}
