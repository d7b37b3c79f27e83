package io.generalbots.operator.external.spread;

import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.Waiting;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL of its own in a temporary folder, which listens on loopback only. */
final class TemporaryServer implements AutoCloseable {

  /** PostgreSQL refuses to run as root. */
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final Path programs;
  private final Path folder;
  private final int port;

  private TemporaryServer(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /** Its programs: {@code PG_BIN}, or Debian's newest. */
  static Optional<Path> installed() throws IOException {
    var told = Optional.ofNullable(System.getenv("PG_BIN")).map(Path::of);
    var debian = Path.of("/usr/lib/postgresql");
    if (told.isPresent() || !Files.isDirectory(debian)) {
      return told;
    }
    try (var versions = Files.list(debian)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparing(Path::toString));
    }
  }

  static TemporaryServer start(Path programs) throws IOException, InterruptedException {
    var server = new TemporaryServer(programs, Files.createTempDirectory("postgres"), freePort());
    if (isRoot()) {
      server.run(List.of("chown", "65534", server.folder.toString()));
    }
    server.call("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync");
    var options =
        "-F -p %d -k %s -c listen_addresses=127.0.0.1".formatted(server.port, server.folder);
    server.call("pg_ctl", "start", "-w", "-o", options, "-l", server.folder + "/log");
    return server;
  }

  /** A session in a database of it. */
  Session open(String database) {
    var options =
        new PgConnectOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setDatabase(database)
            .setUser("postgres");
    var connection =
        Waiting.within(LIMIT, "entering " + database, PgConnection.connect(vertx, options));
    return new Session(connection, database, Duration.ofMinutes(1));
  }

  @Override
  public void close() {
    try {
      vertx.close();
      call("pg_ctl", "stop", "-w", "-m", "immediate");
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void call(String program, String... arguments) throws IOException, InterruptedException {
    var command = List.of(programs.resolve(program).toString(), "-D", folder + "/data");
    run(
        Stream.of(isRoot() ? AS_NOBODY : List.<String>of(), command, Arrays.asList(arguments))
            .flatMap(List::stream)
            .toList());
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    var output = Files.createTempFile("postgres", ".out");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new StepFailure(command + ": " + Files.readString(output));
    }
    Files.delete(output);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
