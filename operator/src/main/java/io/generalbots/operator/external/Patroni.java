package io.generalbots.operator.external;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Patroni's REST API, as its own tools use it. */
final class Patroni {

  private static final int PORT = 8008;
  private static final int CONNECT_MILLIS = 2_000;
  private static final int OK = 200;

  private final Vertx vertx;

  Patroni(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Connects to the leader, so that what is asked later needs no handshake first. */
  Handover connect(String address, ServerLogin login) {
    var client = vertx.createHttpClient(options(login));
    return new Handover(
        client, client.request(HttpMethod.POST, PORT, address, "/switchover"), login);
  }

  /**
   * A connection on which one handover can be asked for. Writing the ConfigMap would do it too, but
   * Patroni would notice only in its next round, up to three seconds later, while all clients wait.
   */
  record Handover(HttpClient client, Future<HttpClientRequest> request, ServerLogin login)
      implements AutoCloseable {

    /** Done or refused when Patroni has answered. */
    Future<Void> ask(Switchover step) {
      var body = new JsonObject().put("leader", step.leader()).put("candidate", step.candidate());
      return Answered.of(request, r -> send(r, login, body.toBuffer()), Patroni::accepted);
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private static HttpClientOptions options(ServerLogin login) {
    return new HttpClientOptions()
        .setSsl(true)
        .setVerifyHost(false)
        .setConnectTimeout(CONNECT_MILLIS)
        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(login.authority())));
  }

  private static Future<HttpClientResponse> send(
      HttpClientRequest request, ServerLogin login, Buffer body) {
    return request
        .putHeader("Authorization", basic(login))
        .putHeader("Content-Type", "application/json")
        .send(body);
  }

  private static String basic(ServerLogin login) {
    var pair = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static Future<Void> accepted(HttpClientResponse response) {
    return response
        .body()
        .compose(
            text ->
                response.statusCode() == OK
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        "Patroni answered %d: %s".formatted(response.statusCode(), text)));
  }
}
