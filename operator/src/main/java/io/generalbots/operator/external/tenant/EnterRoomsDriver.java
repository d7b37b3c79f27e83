package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.kernel.StepDriver;
import io.generalbots.operator.kernel.Unfinished;
import io.generalbots.operator.residents.TenantNames;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;

/** Asks for a room as the tenant would. */
public final class EnterRoomsDriver implements StepDriver<EnterRooms> {

  private final RoomCalls calls;

  /**
   * A driver that opens its own connections.
   *
   * @param clusterDomain the DNS suffix of services
   */
  public EnterRoomsDriver(Vertx vertx, String clusterDomain) {
    this.calls = new RoomCalls(vertx, clusterDomain);
  }

  @Override
  public Class<EnterRooms> type() {
    return EnterRooms.class;
  }

  @Override
  public void perform(EnterRooms step, String namespace) {
    var room = TenantNames.roomPrefix(step.tenant()) + "any";
    try {
      calls.ask(
          new Doorbell.Place(step.cluster(), step.namespace()),
          new RoomCalls.Call("ListRooms", Map.of("names", List.of(room)), "roomList"),
          step.login());
    } catch (StepFailure e) {
      throw new Unfinished(String.valueOf(e.getMessage()), e);
    }
  }
}
