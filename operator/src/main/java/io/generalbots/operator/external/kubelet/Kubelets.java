package io.generalbots.operator.external.kubelet;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Asks kubelets for their summary. Each is asked over a connection of its own, so that authorities
 * that were replaced are read anew.
 *
 * @param vertx what calls go through
 * @param authority who signs the certificates of kubelets; anybody if empty
 * @param port where they listen
 * @param limit how long one may take
 */
record Kubelets(Vertx vertx, Optional<Path> authority, int port, Duration limit) {

  /** Where kubelets listen by default. */
  static final int PORT = 10250;

  /** Longer than any that is not stuck takes. */
  static final Duration LIMIT = Duration.ofSeconds(5);

  private static final int CONNECT_MILLIS = 2_000;
  private static final int OK = 200;
  private static final String PATH = "/stats/summary";

  /** In bytes: that of a node with hundreds of pods is one or two MiB. */
  private static final long MOST = 32L << 20;

  /**
   * What one says of its pods; fails with a {@link Refusal}, or with why it cannot be asked.
   *
   * @param address of its node
   * @param token that is shown to it
   */
  Future<Summary> ask(String address, String token) {
    var http = vertx.createHttpClient(options());
    var whole = Promise.<Summary>promise();
    var late = vertx.setTimer(limit.toMillis(), id -> whole.tryFail(new TimeoutException()));
    http.request(request(address, token))
        .compose(opened -> opened.send().compose(Kubelets::body))
        .map(Summary::of)
        .onSuccess(whole::tryComplete)
        .onFailure(whole::tryFail);
    return whole
        .future()
        .onComplete(
            any -> {
              vertx.cancelTimer(late);
              http.close();
            });
  }

  private RequestOptions request(String address, String token) {
    return new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setHost(address)
        .setPort(port)
        .setURI(PATH)
        .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
  }

  private HttpClientOptions options() {
    var options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setKeepAlive(false)
            .setSsl(true)
            .setVerifyHost(authority.isPresent());
    return authority
        .map(file -> options.setTrustOptions(new PemTrustOptions().addCertValue(read(file))))
        .orElseGet(() -> options.setTrustAll(true));
  }

  private static Buffer read(Path file) {
    try {
      return Buffer.buffer(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is too long is read no further: who answers may be anybody. */
  private static Future<Buffer> body(HttpClientResponse response) {
    if (response.statusCode() != OK) {
      return Future.failedFuture(new Refusal(response.statusCode()));
    }
    var whole = Promise.<Buffer>promise();
    var read = Buffer.buffer();
    response.exceptionHandler(whole::tryFail);
    response.endHandler(end -> whole.tryComplete(read));
    response.handler(
        part -> {
          if (read.length() + part.length() > MOST) {
            whole.tryFail("its answer is too long");
            response.request().reset();
          } else {
            read.appendBuffer(part);
          }
        });
    return whole.future();
  }
}
