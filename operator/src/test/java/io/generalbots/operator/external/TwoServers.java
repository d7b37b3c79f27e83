package io.generalbots.operator.external;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.generalbots.operator.external.spread.TemporaryServer;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Two PostgreSQL with the same role and the same verifier of its password, certificates of one
 * authority, and the databases of two tenants each.
 */
final class TwoServers implements AutoCloseable {

  static final String HOME = "127.0.0.2";
  static final String SHARD = "127.0.0.3";

  /** A name that needs no quotes, and one that does. */
  static final List<String> DATABASES = List.of("t_acme", "t_acme-2");

  static final String USER = "ta_acme";
  static final String PASSWORD = "correct horse";

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final String HBA =
      "local all all trust\nhost all postgres 127.0.0.0/8 trust\nhostssl all all 127.0.0.0/8 scram-sha-256\n";

  /** At home only: poolers ask there, wherever the database is. */
  private static final String LOOKUP =
      """
      CREATE ROLE pgbouncer LOGIN PASSWORD 'lookup'; CREATE SCHEMA pgbouncer;
      GRANT USAGE ON SCHEMA pgbouncer TO pgbouncer;
      CREATE FUNCTION pgbouncer.user_lookup(name text, OUT username text, OUT secret text)
      LANGUAGE sql SECURITY DEFINER AS
      'SELECT rolname::text, rolpassword FROM pg_authid WHERE rolname = name'
      """;

  private final Vertx vertx = Vertx.vertx();
  private final int port;
  private final Path certificates;
  private final String authority;
  private final TemporaryServer home;
  private final TemporaryServer shard;

  /** Skips the test where there is no PgBouncer that will do. */
  static TwoServers start() throws IOException, InterruptedException {
    var postgres = TemporaryServer.installed();
    assumeTrue(postgres.isPresent() && RunningPooler.isInstalled(), "no PgBouncer of today here");
    return new TwoServers(postgres.orElseThrow());
  }

  static void stop(@Nullable TwoServers servers) {
    if (servers != null) {
      servers.close();
    }
  }

  private TwoServers(Path programs) throws IOException, InterruptedException {
    port = TemporaryServer.freePort();
    certificates = Certificates.make(List.of(HOME, SHARD));
    authority = Files.readString(certificates.resolve("ca.crt"));
    home = TemporaryServer.start(programs, HOME, port, files());
    shard = TemporaryServer.start(programs, SHARD, port, files());
    run(HOME, "postgres", LOOKUP);
    run(HOME, "postgres", "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(USER, PASSWORD));
    var verifier = "SELECT rolpassword FROM pg_authid WHERE rolname = '%s'".formatted(USER);
    var same = run(HOME, "postgres", verifier).get(0).getString(0);
    run(SHARD, "postgres", "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(USER, same));
    for (var server : List.of(HOME, SHARD)) {
      for (var database : DATABASES) {
        run(server, "postgres", "CREATE DATABASE \"%s\" OWNER %s".formatted(database, USER));
        run(server, database, "CREATE TABLE public.notes (id text PRIMARY KEY)");
        run(server, database, "GRANT ALL ON public.notes TO " + USER);
      }
    }
  }

  int port() {
    return port;
  }

  Path certificates() {
    return certificates;
  }

  TemporaryServer shard() {
    return shard;
  }

  String authority() {
    return authority;
  }

  /** Takes away what was written. */
  void clear() {
    for (var server : List.of(HOME, SHARD)) {
      DATABASES.forEach(database -> run(server, database, "TRUNCATE public.notes"));
    }
  }

  /** What is written there. */
  List<String> notes(String server, String database) {
    return run(server, database, "SELECT id FROM public.notes").stream()
        .map(row -> row.getString(0))
        .toList();
  }

  List<Row> run(String server, String database, String statement) {
    var options =
        new PgConnectOptions()
            .setHost(server)
            .setPort(port)
            .setDatabase(database)
            .setUser("postgres");
    var answer =
        PgConnection.connect(vertx, options)
            .compose(
                connection ->
                    connection.query(statement).execute().eventually(() -> connection.close()));
    return StreamSupport.stream(Waiting.within(LIMIT, statement, answer).spliterator(), false)
        .toList();
  }

  @Override
  public void close() {
    home.close();
    shard.close();
    vertx.close();
    try {
      TemporaryServer.remove(certificates);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> files() throws IOException {
    return Map.of(
        "pg_hba.conf",
        HBA,
        "postgresql.auto.conf",
        "ssl = on\n",
        "server.crt",
        Files.readString(certificates.resolve("tls.crt")),
        "server.key",
        Files.readString(certificates.resolve("tls.key")));
  }
}
