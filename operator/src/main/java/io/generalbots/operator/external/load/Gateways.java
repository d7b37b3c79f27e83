package io.generalbots.operator.external.load;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.gateway.Gateway;
import io.generalbots.operator.external.Answered;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The gateways of a BotCluster, each asked what it has counted. */
final class Gateways {

  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final int CONNECT_MILLIS = 1_000;
  private static final int OK = 200;
  private static final int UNHEALTHY = 503;

  private final HttpClient http;
  private final String clusterDomain;

  /**
   * A way that opens its own connections.
   *
   * @param clusterDomain the DNS suffix of services
   */
  Gateways(Vertx vertx, String clusterDomain) {
    this.http = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS));
    this.clusterDomain = clusterDomain;
  }

  /**
   * What each says, by its address. One that does not answer fails all: without it the sum would be
   * too low, and bot servers would go that are needed.
   */
  Map<String, Exposition> ask(BotCluster owner) {
    return answers(owner, "/metrics", Set.of(OK), Exposition::of);
  }

  /** How each finds what bot servers need, as it tells everybody; one that fails fails all. */
  Collection<JsonObject> healths(BotCluster owner) {
    return answers(owner, "/health", Set.of(OK, UNHEALTHY), JsonObject::new).values();
  }

  /** All are asked at the same time. */
  private <T> Map<String, T> answers(
      BotCluster owner, String path, Set<Integer> good, Function<String, T> read) {
    var asked = new TreeMap<String, Future<String>>();
    for (var address : addresses(Gateway.metricsHost(owner, clusterDomain))) {
      asked.computeIfAbsent(address.getHostAddress(), at -> ask(at, path, good));
    }
    var answers = new TreeMap<String, T>();
    asked.forEach(
        (at, answer) ->
            answers.put(at, read.apply(Waiting.within(LIMIT, "asking gateway " + at, answer))));
    return answers;
  }

  private static InetAddress[] addresses(String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new StepFailure("no gateway is ready", e);
    }
  }

  private Future<String> ask(String address, String path, Set<Integer> good) {
    return Answered.of(
        http.request(HttpMethod.GET, Gateway.METRICS_PORT, address, path),
        HttpClientRequest::send,
        response -> text(response, good));
  }

  private static Future<String> text(HttpClientResponse response, Set<Integer> good) {
    return response
        .body()
        .compose(
            body ->
                good.contains(response.statusCode())
                    ? Future.succeededFuture(body.toString())
                    : Future.failedFuture("it answered " + response.statusCode()));
  }
}
