package io.generalbots.operator.external.queue;

import io.generalbots.operator.external.Waiting;
import io.generalbots.operator.external.spread.TemporaryServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Valkey of its own on loopback, which keeps nothing and wants a password. */
final class LoneCache implements AutoCloseable {

  static final String PASSWORD = "hidden-from-all";

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String READY = "Ready to accept connections";

  private final Path folder;
  private final int port;
  private final Process process;
  private final RedisConnection connection;

  private LoneCache(Path folder, int port, Process process, RedisConnection connection) {
    this.folder = folder;
    this.port = port;
    this.process = process;
    this.connection = connection;
  }

  /** Its program, if it is in the path: {@code dev/tools/valkey} gets it out of its image. */
  static Optional<String> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "valkey-server"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /** One that answers. */
  static LoneCache start(Vertx vertx, String... more) throws IOException {
    var folder = Files.createTempDirectory("valkey");
    var port = TemporaryServer.freePort();
    var settings =
        List.of(
            program().orElseThrow(),
            "--port " + port,
            "--bind 127.0.0.1",
            "--save \"\"",
            "--dir " + folder,
            "--requirepass " + PASSWORD);
    var process =
        new ProcessBuilder(Stream.concat(settings.stream(), Arrays.stream(more)).toList())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    awaitReady(process.inputReader(StandardCharsets.UTF_8));
    var options =
        new RedisOptions()
            .setConnectionString("redis://127.0.0.1:" + port)
            .setPassword(PASSWORD)
            .setProtocolNegotiation(false);
    var redis = Redis.createClient(vertx, options);
    return new LoneCache(
        folder, port, process, Waiting.within(LIMIT, "connecting", redis.connect()));
  }

  private static void awaitReady(BufferedReader log) throws IOException {
    var line = log.readLine();
    while (line != null && !line.contains(READY)) {
      line = log.readLine();
    }
    if (line == null) {
      throw new IOException("the cache ended");
    }
  }

  int port() {
    return port;
  }

  /** Words, which are sent as they are. */
  Response ask(String command, Object... words) {
    var request = Request.cmd(Command.create(command));
    for (var word : words) {
      request.arg(String.valueOf(word));
    }
    return Waiting.within(LIMIT, command, connection.send(request));
  }

  /** It keeps its connections, and answers nobody. */
  void hang(boolean hangs) throws IOException, InterruptedException {
    var signal = hangs ? "-STOP" : "-CONT";
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    TemporaryServer.remove(folder);
  }
}
