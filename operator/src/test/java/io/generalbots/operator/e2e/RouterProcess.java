package io.generalbots.operator.e2e;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The router as a program beside the node, which watches the tables of a namespace there. */
final class RouterProcess implements AutoCloseable {

  private static final Path JAR = Path.of("../edge/target/quarkus-app/quarkus-run.jar");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Process process;
  private final int port;

  private RouterProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Ready to answer. */
  static RouterProcess start(String namespace) throws IOException, InterruptedException {
    if (!Files.exists(JAR)) {
      throw new AssertionError("the router is not built: mvn -pl edge -am -DskipTests package");
    }
    var port = freePort();
    var builder = new ProcessBuilder("java", "-Xmx128m", "-jar", JAR.toString());
    builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("EDGE_NAMESPACE", namespace);
    builder.environment().put("EDGE_TRUSTED_PROXIES", "127.0.0.0/8");
    builder.environment().put("EDGE_HOLD", "2s");
    var log = new File("target/router-" + namespace + ".log");
    var process = builder.redirectErrorStream(true).redirectOutput(log).start();
    var router = new RouterProcess(process, port);
    router.awaitReady(Duration.ofSeconds(60));
    return router;
  }

  /** The region that serves users of a country; what is said instead, if none does. */
  String region(String host, String country) {
    var request =
        HttpRequest.newBuilder(uri("/authorize"))
            .header("X-Forwarded-Host", host)
            .header("X-Generalbots-Country", country)
            .timeout(Duration.ofSeconds(5))
            .build();
    var answer = send(request);
    return answer
        .map(a -> a.headers().firstValue("X-Generalbots-Region").orElse("status " + a.statusCode()))
        .orElse("no answer");
  }

  /** Asks until another region serves; the time that took. */
  Duration awaitRegion(String host, String country, String region, Duration limit) {
    var begin = Instant.now();
    var said = "";
    while (Duration.between(begin, Instant.now()).compareTo(limit) < 0) {
      said = region(host, country);
      if (region.equals(said)) {
        return Duration.between(begin, Instant.now());
      }
      rest();
    }
    throw new AssertionError("not %s within %s but %s".formatted(region, limit, said));
  }

  private void awaitReady(Duration limit) {
    var end = Instant.now().plus(limit);
    var ready = HttpRequest.newBuilder(uri("/q/health/ready")).build();
    while (send(ready).filter(a -> a.statusCode() == 200).isEmpty()) {
      if (Instant.now().isAfter(end) || !process.isAlive()) {
        close();
        throw new AssertionError("the router did not start: see target/router-*.log");
      }
      rest();
    }
  }

  private static Optional<HttpResponse<String>> send(HttpRequest request) {
    try {
      return Optional.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Between two questions: nobody tells when an answer changes. */
  private static void rest() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
