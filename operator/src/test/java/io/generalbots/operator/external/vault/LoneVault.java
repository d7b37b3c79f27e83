package io.generalbots.operator.external.vault;

import io.generalbots.operator.external.Doorway;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.kernel.StepDriver;
import io.generalbots.operator.kernel.Unfinished;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An OpenBao that runs alone on this machine and initialises itself as one in a pod does. */
final class LoneVault implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String PASSWORD = "of-the-operator-for-tests";
  private static final Path INITIALISE = Path.of("src/main/resources/vault/initialise.hcl");

  private static final String SETTINGS =
      """
      disable_mlock = true
      api_addr = "http://127.0.0.1:%1$d"
      cluster_addr = "http://127.0.0.1:%2$d"
      user_lockout "userpass" { disable_lockout = "true" }
      listener "tcp" {
        address = "127.0.0.1:%1$d"
        cluster_address = "127.0.0.1:%2$d"
        tls_disable = true
      }
      seal "static" {
        current_key_id = "1"
        current_key = "file://%3$s/key"
      }
      storage "raft" { path = "%3$s/data" }
      """;

  private final int port;
  private final Vertx vertx;
  private final Process server;

  private LoneVault(Path folder, String program, Vertx vertx) throws IOException {
    this.vertx = vertx;
    this.port = freePort();
    Files.createDirectory(folder.resolve("data"));
    Files.writeString(folder.resolve("key"), "0123456789abcdef".repeat(4));
    Files.writeString(folder.resolve("password"), PASSWORD);
    var requests = Files.readString(INITIALISE).replace("/operator/password", folder + "/password");
    Files.writeString(folder.resolve("initialise.hcl"), requests);
    Files.writeString(folder.resolve("server.hcl"), SETTINGS.formatted(port, freePort(), folder));
    this.server = start(folder, program);
  }

  /** The program is where the property {@code openbao} says; without it there is none. */
  static Optional<String> program() {
    return Optional.ofNullable(System.getProperty("openbao")).filter(p -> !p.isBlank());
  }

  static LoneVault in(Path folder, Vertx vertx) {
    try {
      var vault = new LoneVault(folder, program().orElseThrow(), vertx);
      vault.awaitOpen();
      return vault;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the operator signs in. */
  Access access() {
    var as = new SignIn.Password("generalbots-operator", PASSWORD, "none");
    return new Access("http://127.0.0.1:" + port, "", as);
  }

  /** As whoever has this token. */
  Access access(String token) {
    return new Access("http://127.0.0.1:" + port, "", new SignIn.Token(token));
  }

  private static Process start(Path folder, String program) throws IOException {
    var command =
        List.of(
            program,
            "server",
            "-config=" + folder.resolve("server.hcl"),
            "-config=" + folder.resolve("initialise.hcl"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  /** Nothing tells when it is ready: it is asked until it lets the operator in. */
  private void awaitOpen() {
    var end = Instant.now().plus(LIMIT);
    while (true) {
      try (var session = Session.open(vertx, access())) {
        session.ask("auth/token/lookup-self");
        return;
      } catch (VaultTrouble e) {
        if (Instant.now().isAfter(end)) {
          throw e;
        }
      }
    }
  }

  /** By the driver that the operator has for it. */
  void perform(Step step) {
    VaultDriver.all(vertx, new Doorway()).stream()
        .filter(driver -> driver.type().isInstance(step))
        .findFirst()
        .ifPresent(driver -> perform(driver, step));
  }

  private static <S extends Step> void perform(StepDriver<S> driver, Step step) {
    driver.perform(driver.type().cast(step), "none");
  }

  /** The same, as often as it says that it needs more time. */
  void awaitDone(Step step) {
    var end = Instant.now().plus(LIMIT);
    while (true) {
      try {
        perform(step);
        return;
      } catch (Unfinished e) {
        if (Instant.now().isAfter(end)) {
          throw e;
        }
      }
    }
  }

  String read(String token, String path) {
    try (var session = Session.open(vertx, access(token))) {
      return entry(session, path).getJsonObject("data").getString("host");
    }
  }

  int version(String path) {
    try (var session = Session.open(vertx, access())) {
      return entry(session, path).getJsonObject("metadata").getInteger("version");
    }
  }

  private static JsonObject entry(Session session, String path) {
    return session.ask(path).orElseThrow();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    server.destroyForcibly();
  }
}
