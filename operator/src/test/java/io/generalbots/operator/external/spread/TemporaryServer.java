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
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A PostgreSQL of its own in a temporary folder, which listens on loopback only. */
public final class TemporaryServer implements AutoCloseable {

  /** PostgreSQL and PgBouncer refuse to run as root. */
  public static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final Path programs;
  private final Path folder;
  private final String address;
  private final int port;

  private TemporaryServer(Path programs, String address, int port) throws IOException {
    this.programs = programs;
    this.folder = Files.createTempDirectory("postgres");
    this.address = address;
    this.port = port;
  }

  /** Its programs: {@code PG_BIN}, or Debian's newest. */
  public static Optional<Path> installed() throws IOException {
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
    return start(programs, "127.0.0.1", freePort(), Map.of());
  }

  /**
   * One at an address of loopback.
   *
   * @param files that it has in its folder of data, by name; over those that are there anyway
   */
  public static TemporaryServer start(
      Path programs, String address, int port, Map<String, String> files)
      throws IOException, InterruptedException {
    var server = new TemporaryServer(programs, address, port);
    give(server.folder);
    server.call("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync");
    for (var file : files.entrySet()) {
      var path = server.folder.resolve("data").resolve(file.getKey());
      Files.deleteIfExists(path);
      Files.createFile(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      Files.writeString(path, file.getValue());
    }
    give(server.folder);
    server.begin();
    return server;
  }

  /** Starts it again after it was stopped. */
  public void begin() throws IOException, InterruptedException {
    var options = "-F -p %d -k %s -c listen_addresses=%s".formatted(port, folder, address);
    call("pg_ctl", "start", "-w", "-o", options, "-l", folder + "/log");
  }

  /** Has it go without a word to its clients. */
  public void crash() throws IOException, InterruptedException {
    call("pg_ctl", "stop", "-w", "-m", "immediate");
  }

  /** Has a folder and all in it belong to the one as whom the programs run. */
  public static void give(Path folder) throws IOException, InterruptedException {
    if (isRoot()) {
      run(List.of("chown", "-R", "65534:65534", folder.toString()));
    }
  }

  /** A session in a database of it. */
  Session open(String database) {
    var options =
        new PgConnectOptions()
            .setHost(address)
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
      crash();
      remove(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Removes a folder and all in it. */
  public static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void call(String program, String... arguments) throws IOException, InterruptedException {
    var command = List.of(programs.resolve(program).toString(), "-D", folder + "/data");
    run(
        Stream.of(isRoot() ? AS_NOBODY : List.<String>of(), command, Arrays.asList(arguments))
            .flatMap(List::stream)
            .toList());
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
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

  public static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
