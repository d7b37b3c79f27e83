package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.Answered;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.Waiting;
import io.generalbots.operator.kernel.Unfinished;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** Requests at a door of the gateways, which tenants come in by. */
final class Doorbell {

  private static final int KNOCKS = 4;

  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final int CONNECT_MILLIS = 2_000;
  private static final int OK = 200;

  private final HttpClient http;
  private final Function<Place, String> hosts;
  private final int port;

  /**
   * Where a door is.
   *
   * @param cluster the name of the BotCluster
   * @param namespace where that is
   */
  record Place(String cluster, String namespace) {}

  /** Each request by a connection of its own: the next one may lead to another gateway. */
  Doorbell(Vertx vertx, Function<Place, String> hosts, int port) {
    var options = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAlive(false);
    this.http = vertx.createHttpClient(options);
    this.hosts = hosts;
    this.port = port;
  }

  /**
   * What is answered; fails where anything but an answer comes.
   *
   * @param send sends the request
   */
  JsonObject ask(
      String what,
      Future<HttpClientRequest> request,
      Function<HttpClientRequest, Future<HttpClientResponse>> send) {
    return Waiting.within(LIMIT, what, Answered.of(request, send, Doorbell::understood));
  }

  /** The status with which a request is answered, whatever that is. */
  int knock(String what, Future<HttpClientResponse> answer) {
    return Waiting.within(LIMIT, what, answer.map(HttpClientResponse::statusCode));
  }

  /**
   * There are several gateways, and each learns of a change by itself: whoever knocks is refused.
   */
  static void requireClosed(int refusal, String what, IntSupplier knock) {
    for (var i = 0; i < KNOCKS; i++) {
      if (knock.getAsInt() != refusal) {
        throw new Unfinished("the gateway still opens the " + what);
      }
    }
  }

  Future<HttpClientRequest> request(Place place, HttpMethod method, String path) {
    return http.request(method, port, hosts.apply(place), path);
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
