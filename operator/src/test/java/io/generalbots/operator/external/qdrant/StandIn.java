package io.generalbots.operator.external.qdrant;

import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The stand-in for Qdrant as a program of its own, as pods run it. */
public final class StandIn implements AutoCloseable {

  private static final Path PROGRAM =
      Path.of("src", "test", "resources", "e2e", "stand-in-qdrant.py");

  private final Process process;
  private final int port;

  /** One that wants to see this key; any for nothing. */
  public StandIn(String key) {
    try {
      var program = new ProcessBuilder("python3", PROGRAM.toString());
      program.environment().put("QDRANT__SERVICE__API_KEY", key);
      process = program.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      var said =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      port = Integer.parseInt(Optional.ofNullable(said.readLine()).orElse("").strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens, on the loopback too. */
  public int port() {
    return port;
  }

  /** As the operator opens it, with this key. */
  public OpenQdrant open(Vertx vertx, String key) {
    var http = vertx.createHttpClient();
    var shown = Optional.of(key).filter(k -> !k.isEmpty());
    return new OpenQdrant(http, new Server(http, "127.0.0.1", port, shown));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
