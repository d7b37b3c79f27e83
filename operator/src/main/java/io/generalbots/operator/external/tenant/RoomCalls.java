package io.generalbots.operator.external.tenant;

import io.generalbots.operator.cluster.gateway.RoomKeys;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.Token;
import io.generalbots.operator.external.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Calls of LiveKit's API, by the door that tenants come in by. */
final class RoomCalls {

  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final Duration VALID = Duration.ofMinutes(1);
  private static final int CONNECT_MILLIS = 2_000;
  private static final int OK = 200;
  private static final String SERVICE = "/twirp/livekit.RoomService/";

  private final HttpClient http;
  private final String clusterDomain;

  /** Each call by a connection of its own: the next one may lead to another gateway. */
  RoomCalls(Vertx vertx, String clusterDomain) {
    var options = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAlive(false);
    this.http = vertx.createHttpClient(options);
    this.clusterDomain = clusterDomain;
  }

  /**
   * Where the rooms are.
   *
   * @param cluster the name of the BotCluster
   * @param namespace where that is
   */
  record Place(String cluster, String namespace) {}

  /**
   * One call.
   *
   * @param method of LiveKit's RoomService
   * @param body what is asked
   * @param grant that it needs
   */
  record Call(String method, Map<String, Object> body, String grant) {}

  /** The answer; fails where anything but one comes. */
  JsonObject ask(Place place, Call call, Credential login) {
    var token = token(login, Map.of(call.grant(), true));
    var answer =
        request(place, HttpMethod.POST, SERVICE + call.method(), token)
            .compose(
                request ->
                    request
                        .putHeader("Content-Type", "application/json")
                        .send(JsonObject.mapFrom(call.body()).toBuffer()))
            .compose(RoomCalls::understood);
    return Waiting.within(LIMIT, "asking for " + call.method() + " as " + login.name(), answer);
  }

  /** The status with which somebody is answered who would come into a room. */
  int knock(Place place, String room, Credential login) {
    var token = token(login, Map.of("roomJoin", true, "room", room));
    var answer =
        request(place, HttpMethod.GET, "/rtc/validate", token)
            .compose(HttpClientRequest::send)
            .map(HttpClientResponse::statusCode);
    return Waiting.within(LIMIT, "asking for room " + room, answer);
  }

  private Future<HttpClientRequest> request(
      Place place, HttpMethod method, String path, String token) {
    var host = RoomKeys.host(place.cluster(), place.namespace(), clusterDomain);
    return http.request(method, RoomKeys.PORT, host, path)
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

  private static Future<JsonObject> understood(HttpClientResponse response) {
    return response
        .body()
        .map(
            text -> {
              if (response.statusCode() != OK) {
                throw new StepFailure(
                    "%d %s".formatted(response.statusCode(), text.toString().strip()));
              }
              return text.toJsonObject();
            });
  }
}
