package io.generalbots.operator.external.tenant;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.cluster.livekit.Entrance;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.kernel.StepDriver;
import io.generalbots.operator.kernel.Unfinished;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Waits until nobody comes in any more, and ends the rooms that are there. */
public final class CloseRoomsDriver implements StepDriver<CloseRooms> {

  private static final int FORBIDDEN = 403;

  private static final String COMPONENT = "livekit";

  private final KubernetesClient client;
  private final RoomCalls calls;

  /**
   * A driver that opens its own connections.
   *
   * @param clusterDomain the DNS suffix of services
   */
  public CloseRoomsDriver(KubernetesClient client, Vertx vertx, String clusterDomain) {
    this.client = client;
    this.calls = new RoomCalls(vertx, clusterDomain);
  }

  @Override
  public Class<CloseRooms> type() {
    return CloseRooms.class;
  }

  @Override
  public void perform(CloseRooms step, String namespace) {
    var place = new Doorbell.Place(step.cluster(), step.namespace());
    var platform = platform(place);
    try {
      Doorbell.requireClosed(
          FORBIDDEN,
          "rooms %s*".formatted(step.prefix()),
          () -> calls.knock(place, step.prefix() + "any", platform));
      rooms(place, platform).stream()
          .filter(room -> room.startsWith(step.prefix()))
          .forEach(room -> end(place, room, platform));
    } catch (StepFailure e) {
      throw new Unfinished(String.valueOf(e.getMessage()), e);
    }
  }

  private List<String> rooms(Doorbell.Place place, Credential platform) {
    var said = calls.ask(place, new RoomCalls.Call("ListRooms", Map.of(), "roomList"), platform);
    return Optional.ofNullable(said.getJsonArray("rooms")).stream()
        .flatMap(rooms -> rooms.stream())
        .map(room -> ((JsonObject) room).getString("name"))
        .toList();
  }

  private void end(Doorbell.Place place, String room, Credential platform) {
    calls.ask(
        place, new RoomCalls.Call("DeleteRoom", Map.of("room", room), "roomCreate"), platform);
  }

  private Credential platform(Doorbell.Place place) {
    var name = new Part(place.cluster(), COMPONENT).name();
    return Optional.ofNullable(client.secrets().inNamespace(place.namespace()).withName(name).get())
        .map(CloseRoomsDriver::credential)
        .orElseThrow(() -> new Unfinished("Secret %s is not there yet".formatted(name)));
  }

  private static Credential credential(Secret secret) {
    return new Credential(
        Secrets.text(secret, Entrance.API_KEY), Secrets.text(secret, Entrance.API_SECRET));
  }
}
