package io.generalbots.sharding.hash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A server of its own in a temporary folder, which listens on a Unix socket only. */
final class TemporaryPostgres {

  /** The user whom nobody trusts; PostgreSQL refuses to run as root. */
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private final Path programs;
  private final Path folder;
  private final List<String> prefix;

  private TemporaryPostgres(Path programs, Path folder) throws IOException, InterruptedException {
    this.programs = programs;
    this.folder = folder;
    prefix = isRoot() ? AS_NOBODY : List.of();
    if (isRoot()) {
      run(List.of("chown", "65534", folder.toString()), "");
    }
    run(command("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"), "");
    var options = "-F -k " + folder + " -c listen_addresses=";
    run(command("pg_ctl", "start", "-w", "-o", options, "-l", folder + "/log"), "");
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

  static TemporaryPostgres start(Path programs) throws IOException, InterruptedException {
    return new TemporaryPostgres(programs, Files.createTempDirectory("postgres"));
  }

  /** What the statements print, a row a line, values apart by a bar; throws if one fails. */
  String sql(String statements) throws IOException, InterruptedException {
    return run(
        List.of(
            programs.resolve("psql").toString(),
            "-XqAt",
            "--set=ON_ERROR_STOP=1",
            "--host=" + folder,
            "--username=postgres"),
        statements);
  }

  void stop() throws IOException, InterruptedException {
    run(command("pg_ctl", "stop", "-w", "-m", "fast"), "");
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(TemporaryPostgres::delete);
    }
  }

  private List<String> command(String program, String... arguments) {
    return Stream.of(
            prefix,
            List.of(programs.resolve(program).toString(), "-D", folder.resolve("data").toString()),
            Arrays.asList(arguments))
        .flatMap(List::stream)
        .toList();
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static String run(List<String> command, String input)
      throws IOException, InterruptedException {
    var log = Files.createTempFile("postgres", ".log");
    var output = Files.createTempFile("postgres", ".out");
    var given = Files.writeString(Files.createTempFile("postgres", ".in"), input);
    try {
      var process =
          new ProcessBuilder(command)
              .redirectInput(given.toFile())
              .redirectOutput(output.toFile())
              .redirectError(log.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command.get(0) + ": " + Files.readString(log));
      }
      return Files.readString(output).strip();
    } finally {
      Stream.of(log, output, given).forEach(TemporaryPostgres::delete);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
