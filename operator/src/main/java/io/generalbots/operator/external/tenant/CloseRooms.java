package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.ServerStep;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.residents.TenantNames;

/**
 * Ends the rooms of a tenant that is let in no more: who is in one would otherwise go on hearing
 * the others there.
 *
 * @param cluster the name of the BotCluster
 * @param namespace where that is
 * @param tenant whose rooms they are
 */
public record CloseRooms(String cluster, String namespace, String tenant) implements ServerStep {

  @Override
  public String server() {
    return Servers.ofRooms(cluster, namespace);
  }

  @Override
  public Decision decision() {
    return Decision.normal("RoomsClosed", "the rooms %s* are closed".formatted(prefix()));
  }

  /** What the names of its rooms begin with. */
  String prefix() {
    return TenantNames.roomPrefix(tenant);
  }
}
