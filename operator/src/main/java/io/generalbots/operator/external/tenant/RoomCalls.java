package io.generalbots.operator.external.tenant;

import io.generalbots.operator.cluster.gateway.RoomKeys;
import io.generalbots.operator.external.Token;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Calls of LiveKit's API, by the door that tenants come in by. */
final class RoomCalls {

  private static final Duration VALID = Duration.ofMinutes(1);
  private static final String SERVICE = "/twirp/livekit.RoomService/";

  private final Doorbell bell;

  RoomCalls(Vertx vertx, String clusterDomain) {
    this.bell =
        new Doorbell(
            vertx,
            place -> RoomKeys.host(place.cluster(), place.namespace(), clusterDomain),
            RoomKeys.PORT);
  }

  /**
   * One call.
   *
   * @param method of LiveKit's RoomService
   * @param body what is asked
   * @param grant that it needs
   */
  record Call(String method, Map<String, Object> body, String grant) {}

  /** The answer; fails where anything but one comes. */
  JsonObject ask(Doorbell.Place place, Call call, Credential login) {
    var token = token(login, Map.of(call.grant(), true));
    var body = JsonObject.mapFrom(call.body()).toBuffer();
    return bell.ask(
        "asking for " + call.method() + " as " + login.name(),
        request(place, HttpMethod.POST, SERVICE + call.method(), token),
        r -> r.putHeader("Content-Type", "application/json").send(body));
  }

  /** The status with which somebody is answered who would come into a room. */
  int knock(Doorbell.Place place, String room, Credential login) {
    var token = token(login, Map.of("roomJoin", true, "room", room));
    return bell.knock(
        "asking for room " + room,
        request(place, HttpMethod.GET, "/rtc/validate", token).compose(HttpClientRequest::send));
  }

  private Future<HttpClientRequest> request(
      Doorbell.Place place, HttpMethod method, String path, String token) {
    return bell.request(place, method, path)
        .map(request -> request.putHeader("Authorization", "Bearer " + token));
  }

  private static String token(Credential login, Map<String, Object> grants) {
    var claims =
        Map.<String, Object>of(
            "iss",
            login.name(),
            "sub",
            "operator",
            "exp",
            Instant.now().plus(VALID).getEpochSecond(),
            "video",
            grants);
    return new Token(claims).signed(login.password());
  }
}
