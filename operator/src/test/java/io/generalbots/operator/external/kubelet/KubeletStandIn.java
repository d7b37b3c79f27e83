package io.generalbots.operator.external.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.generalbots.operator.external.Certificates;
import io.generalbots.operator.external.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A server that answers what a real kubelet has answered once, over TLS. */
final class KubeletStandIn implements AutoCloseable {

  /** Where it says it is. */
  static final String ADDRESS = "127.0.0.1";

  /** Of which it told. */
  static final String CLAIM = "data-demo-postgres-0";

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Path RECORDED =
      Path.of("src", "test", "resources", "kubelet", "summary.json");

  private final List<String> shown = Collections.synchronizedList(new ArrayList<>());
  private final Path certificates;
  private final HttpServer server;

  /** How it answers. */
  enum Mood {
    /** As it did. */
    TELLS,
    /** As to somebody without rights. */
    REFUSES,
    /** Never. */
    SILENT,
    /** As something else that listens there. */
    STRANGE
  }

  KubeletStandIn(Vertx vertx, Mood mood) throws IOException, InterruptedException {
    certificates = Certificates.make(List.of(ADDRESS));
    var options =
        new HttpServerOptions()
            .setHost("0.0.0.0")
            .setSsl(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertPath(certificates.resolve("tls.crt").toString())
                    .addKeyPath(certificates.resolve("tls.key").toString()));
    var opened = vertx.createHttpServer(options).requestHandler(r -> answer(r, mood)).listen(0);
    server = Waiting.within(LIMIT, "listening", opened);
  }

  static String recorded() {
    try {
      return Files.readString(RECORDED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(HttpServerRequest request, Mood mood) {
    shown.add(request.getHeader("Authorization") + " " + request.uri());
    switch (mood) {
      case TELLS -> request.response().end(recorded());
      case REFUSES -> request.response().setStatusCode(403).end("Forbidden");
      case STRANGE -> request.response().end("<html>Welcome</html>");
      case SILENT -> {}
    }
  }

  /** What was asked, and what was shown for it. */
  List<String> shown() {
    return List.copyOf(shown);
  }

  Path authority() {
    return certificates.resolve("ca.crt");
  }

  int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    Waiting.within(LIMIT, "closing", server.close());
  }

  /** The pod that it told of, on a node of this address. */
  static Pod pod(String address) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("demo-postgres-0")
        .withNamespace("bots")
        .endMetadata()
        .withNewSpec()
        .withNodeName("n1")
        .addNewVolume()
        .withName("data")
        .withNewPersistentVolumeClaim(CLAIM, false)
        .endVolume()
        .endSpec()
        .withNewStatus()
        .withPhase("Running")
        .withHostIP(address)
        .withStartTime("2026-11-28T11:40:00Z")
        .endStatus()
        .build();
  }
}
