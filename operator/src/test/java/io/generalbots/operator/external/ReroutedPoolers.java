package io.generalbots.operator.external;

import io.generalbots.operator.external.spread.TemporaryServer;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Two poolers before two servers, and all that tests ask of them. */
final class ReroutedPoolers implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final TwoServers servers;
  private final List<RunningPooler> poolers = new ArrayList<>();

  /**
   * Two that are not started yet.
   *
   * @param yaml the block pooler of the BotCluster
   */
  ReroutedPoolers(TwoServers servers, String yaml) throws IOException, InterruptedException {
    this.servers = servers;
    var port = TemporaryServer.freePort();
    for (var address : List.of("127.0.0.4", "127.0.0.5")) {
      poolers.add(new RunningPooler(servers, address, port, yaml));
    }
  }

  ReroutedPoolers start() throws IOException {
    for (var pooler : poolers) {
      pooler.start();
    }
    return this;
  }

  List<RunningPooler> all() {
    return List.copyOf(poolers);
  }

  RunningPooler first() {
    return poolers.get(0);
  }

  /** Gives them these routes, which they read in their own time. */
  ReroutedPoolers routes(String... lines) throws IOException, InterruptedException {
    for (var pooler : poolers) {
      pooler.routes(lines);
    }
    return this;
  }

  /** Has them know where databases go next. */
  void stage(String server, String next, String... databases)
      throws IOException, InterruptedException {
    var lines = List.of(databases).stream().map(d -> "%s %s %s".formatted(d, server, next));
    routes(lines.toArray(String[]::new));
    for (var database : databases) {
      Until.holds(database + " is staged", () -> says(r -> r.isStaged(database, next)));
    }
  }

  boolean says(Predicate<Rerouting> question) {
    try (var rerouting = open()) {
      return question.test(rerouting);
    }
  }

  Rerouting open() {
    return open(vertx);
  }

  /** With sessions that end with this Vert.x, as those of an operator that crashes. */
  Rerouting open(Vertx mortal) {
    var addresses = poolers.stream().map(RunningPooler::address).toList();
    return Rerouting.open(new PostgresSessions(mortal), admin(), addresses, first().port());
  }

  PoolerConsole console() {
    var sessions = new PostgresSessions(vertx);
    var console = PoolerConsole.open(sessions, admin(), first().address(), first().port());
    return Waiting.within(LIMIT, "opening a console", console);
  }

  Writers write(String database) {
    var writers = Writers.start(vertx, database, tenant(), poolers);
    writers.more(50);
    return writers;
  }

  /** A client of the first pooler. */
  PgConnection client(String database) {
    var sessions = new PostgresSessions(vertx);
    var client = sessions.open(first().address(), first().port(), database, tenant());
    return Waiting.within(LIMIT, "entering " + database, client);
  }

  @Override
  public void close() {
    poolers.forEach(RunningPooler::close);
    vertx.close();
  }

  private ServerLogin admin() {
    return new ServerLogin(
        "generalbots-operator", RunningPooler.ADMIN_PASSWORD, servers.authority());
  }

  private ServerLogin tenant() {
    return new ServerLogin(TwoServers.USER, TwoServers.PASSWORD, servers.authority());
  }
}
