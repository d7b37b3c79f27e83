package io.generalbots.operator.external;

import io.generalbots.operator.cluster.pooler.PoolerFiles;
import io.generalbots.operator.external.spread.TemporaryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What runs in a pod of the pooler, outside of one: PgBouncer, and its guard. */
final class RunningPooler implements AutoCloseable {

  static final String ADMIN_PASSWORD = "orders";

  private static final String TOOLS =
      "type psql pg_isready inotifywait openssl >/dev/null && pgbouncer --version || true";

  /** Prepared statements came with 1.21. */
  private static final int OLDEST = 21;

  private final TwoServers servers;
  private final Map<String, String> files;
  private final String address;
  private final int port;
  private final Path folder;
  private final Path mounts;
  private final Path run;
  private final Path log;
  private final Map<String, Process> processes = new HashMap<>();
  private int version;

  /**
   * One that is not started yet.
   *
   * @param address of loopback where clients find it
   * @param yaml the block pooler of the BotCluster
   */
  RunningPooler(TwoServers servers, String address, int port, String yaml)
      throws IOException, InterruptedException {
    this.servers = servers;
    this.address = address;
    this.port = port;
    folder = Files.createTempDirectory("pooler");
    mounts = Files.createDirectory(folder.resolve("etc"));
    run = Files.createDirectory(folder.resolve("run"));
    log = Files.createFile(folder.resolve("log"));
    files = new HashMap<>(PoolerFiles.of(yaml));
    files.replace("pgbouncer.ini", settings(files.getOrDefault("pgbouncer.ini", "")));
    mount("lookup", Map.of("username", "pgbouncer", "password", "lookup"));
    mount("admin", Map.of("username", "generalbots-operator", "password", ADMIN_PASSWORD));
    var tls = new HashMap<String, String>();
    for (var name : List.of("tls.crt", "tls.key", "ca.crt")) {
      tls.put(name, Files.readString(servers.certificates().resolve(name)));
    }
    mount("tls", tls);
    mount("config", files);
    TemporaryServer.give(folder);
  }

  /** Whether there is a PgBouncer here that knows all its settings, and what else a pod has. */
  static boolean isInstalled() throws IOException, InterruptedException {
    var process = new ProcessBuilder("bash", "-c", TOOLS).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    var version = Pattern.compile("PgBouncer 1\\.(\\d+)").matcher(said);
    return version.find() && Integer.parseInt(version.group(1)) >= OLDEST;
  }

  /** Gives it these routes; a running one reads them in its own time. */
  void routes(String... lines) throws IOException, InterruptedException {
    var changed = new HashMap<>(files);
    if (lines.length > 0) {
      changed.put("routes", String.join("\n", lines) + "\n");
    }
    mount("config", changed);
    TemporaryServer.give(mounts);
  }

  void start() throws IOException {
    run("start");
    run("guard");
    Until.holds("the pooler listens", this::listens);
  }

  private void stop(String role) {
    var process = processes.remove(role);
    if (process != null) {
      var all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
      all.forEach(ProcessHandle::destroyForcibly);
      Waiting.within(Duration.ofSeconds(10), "the end of " + role, process.onExit());
    }
  }

  int port() {
    return port;
  }

  String address() {
    return address;
  }

  /** What the console answers. */
  String console(String order) throws IOException, InterruptedException {
    var port = String.valueOf(this.port);
    var process =
        new ProcessBuilder(
                asOther(
                    "psql",
                    "-XAtq",
                    "-h",
                    run.toString(),
                    "-p",
                    port,
                    "-U",
                    "pgbouncer",
                    "-c",
                    order,
                    "pgbouncer"))
            .redirectErrorStream(true)
            .start();
    var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return answer;
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  Path run() {
    return run;
  }

  @Override
  public void close() {
    stop();
    try {
      TemporaryServer.remove(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a pod whose containers end: what is in its volumes stays. */
  void stop() {
    stop("guard");
    stop("start");
  }

  private boolean listens() {
    try (var client = new Socket(address, port)) {
      return client.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private void run(String role) throws IOException {
    var builder =
        new ProcessBuilder(asOther("bash", mounts.resolve("config/pooler.sh").toString(), role))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var environment = builder.environment();
    environment.put("POOLER_MOUNTS", mounts.toString());
    environment.put("POOLER_RUN", run.toString());
    environment.put("POOLER_SERVER", TwoServers.HOME);
    environment.put("POOLER_PORT", String.valueOf(port));
    // Of the servers; a pod has all on one port, each at an address of its own.
    environment.put("PGPORT", String.valueOf(servers.port()));
    processes.put(role, builder.start());
  }

  private static List<String> asOther(String... command) {
    var all = new ArrayList<>(TemporaryServer.isRoot() ? TemporaryServer.AS_NOBODY : List.of());
    all.addAll(List.of(command));
    return all;
  }

  /** As the kubelet does: a folder of its own, to which one link is turned. */
  private void mount(String name, Map<String, String> content) throws IOException {
    var mount = Files.createDirectories(mounts.resolve(name));
    var folder = Files.createDirectory(mount.resolve("..version-" + version++));
    for (var file : content.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
      var link = mount.resolve(file.getKey());
      if (!Files.isSymbolicLink(link)) {
        Files.createSymbolicLink(link, Path.of("..data", file.getKey()));
      }
    }
    var turned = Files.createSymbolicLink(mount.resolve("..turned"), folder.getFileName());
    Files.move(turned, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }

  private String settings(String text) {
    return text.replace(
            "host=demo-postgres-rw port=5432",
            "host=%s port=%d".formatted(TwoServers.HOME, servers.port()))
        .replace("listen_addr = *", "listen_addr = " + address)
        .replace("listen_port = 5432", "listen_port = " + port)
        .replace("/etc/pooler", mounts.toString())
        .replace("/run/pooler", run.toString());
  }
}
