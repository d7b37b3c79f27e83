package io.generalbots.operator.external.qdrant;

import io.generalbots.operator.external.Answered;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.Waiting;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * One server's REST API.
 *
 * @param client opens connections
 * @param address where the server is
 * @param port of REST
 * @param key what is shown, if the servers want to see a key
 */
record Server(HttpClient client, String address, int port, Optional<String> key) {

  /** Qdrant gives up waiting for a majority after ten seconds, and says so. */
  private static final Duration LIMIT = Duration.ofSeconds(12);

  private static final int OK = 200;

  /** What is found under a path. */
  JsonObject read(String path) {
    return result(exchange(new Asking(HttpMethod.GET, path, new JsonObject())));
  }

  /** Asks for an action; that it is begun is all that is known then. */
  void ask(Action action) {
    exchange(Asking.of(action));
  }

  /** How many points a collection has, none of them guessed. */
  long count(String collection) {
    var path = "/collections/%s/points/count".formatted(encoded(collection));
    var body = new JsonObject().put("exact", true);
    return result(exchange(new Asking(HttpMethod.POST, path, body))).getLong("count");
  }

  /** Removes a collection; of one that is not there Qdrant says that it did nothing. */
  void remove(String collection) {
    var path = "/collections/" + encoded(collection);
    exchange(new Asking(HttpMethod.DELETE, path, new JsonObject()));
  }

  /** A name as part of a path. */
  static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private JsonObject exchange(Asking asking) {
    var what = "asking Qdrant at %s for %s".formatted(address, asking.path());
    var answer =
        Answered.of(
            client.request(asking.method(), port, address, asking.path()),
            request -> send(request, asking.body()),
            Server::understood);
    try {
      return Waiting.within(LIMIT, what, answer);
    } catch (StepFailure e) {
      throw e.getCause() instanceof Refusal refusal ? refusal.about(what) : e;
    }
  }

  private Future<HttpClientResponse> send(HttpClientRequest request, JsonObject body) {
    key.ifPresent(k -> request.putHeader("api-key", k));
    return body.isEmpty()
        ? request.send()
        : request.putHeader("Content-Type", "application/json").send(body.toBuffer());
  }

  private static Future<JsonObject> understood(HttpClientResponse response) {
    return response
        .body()
        .map(
            text -> {
              if (response.statusCode() != OK) {
                throw new Refusal(response.statusCode(), error(text.toString()));
              }
              return text.toJsonObject();
            });
  }

  private static JsonObject result(JsonObject answer) {
    return answer.getJsonObject("result");
  }

  /** Whatever is between us and Qdrant need not speak JSON. */
  private static String error(String text) {
    try {
      return new JsonObject(text).getValue("status") instanceof JsonObject status
          ? status.getString("error", text)
          : text;
    } catch (DecodeException e) {
      return text;
    }
  }
}
