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
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The gateways of a BotCluster, each asked what it has counted. */
final class Gateways {

  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final int CONNECT_MILLIS = 1_000;
  private static final int OK = 200;

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
    var host = Gateway.metricsHost(owner, clusterDomain);
    var asked =
        Arrays.stream(addresses(host))
            .map(InetAddress::getHostAddress)
            .collect(Collectors.toMap(Function.identity(), this::ask, (a, b) -> a, TreeMap::new));
    return asked.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                e ->
                    Exposition.of(
                        Waiting.within(LIMIT, "asking gateway " + e.getKey(), e.getValue()))));
  }

  private static InetAddress[] addresses(String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new StepFailure("no gateway is ready", e);
    }
  }

  private Future<String> ask(String address) {
    return Answered.of(
        http.request(HttpMethod.GET, Gateway.METRICS_PORT, address, "/metrics"),
        HttpClientRequest::send,
        Gateways::text);
  }

  private static Future<String> text(HttpClientResponse response) {
    return response
        .body()
        .compose(
            body ->
                response.statusCode() == OK
                    ? Future.succeededFuture(body.toString())
                    : Future.failedFuture("it answered " + response.statusCode()));
  }
}
