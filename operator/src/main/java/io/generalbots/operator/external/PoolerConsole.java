package io.generalbots.operator.external;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The admin console of one pooler. It is opened twice, since PAUSE keeps its session busy until the
 * last transaction has ended, and RESUME may not wait for that.
 */
final class PoolerConsole {

  /** The database that PgBouncer answers itself. */
  private static final String DATABASE = "pgbouncer";

  /** What the console says when there is nothing to resume. */
  private static final List<String> NOTHING_TO_RESUME = List.of("not paused", "no such database");

  /** The console takes names in quotes and knows no way to quote a quote. */
  private static final Pattern NAME = Pattern.compile("t_[a-z0-9-]{1,40}(\\.next)?");

  private final PgConnection holding;
  private final PgConnection releasing;

  private PoolerConsole(PgConnection holding, PgConnection releasing) {
    this.holding = holding;
    this.releasing = releasing;
  }

  static Future<PoolerConsole> open(
      PostgresSessions sessions, ServerLogin login, String address, int port) {
    var holding = sessions.open(address, port, DATABASE, login);
    var releasing = sessions.open(address, port, DATABASE, login);
    return Future.all(holding, releasing)
        .map(both -> new PoolerConsole(holding.result(), releasing.result()));
  }

  /** Done when no connection to a server is open; from then on the clients wait. */
  Future<?> pause() {
    return holding.query("PAUSE").execute();
  }

  /**
   * The same for the clients of one database. Where a client keeps its session, PAUSE would wait
   * for it to leave: it is sent away, as what its session knew cannot go elsewhere with it.
   */
  Future<?> pause(String database) {
    return isByTheSession()
        .compose(kept -> holding.query((kept ? "KILL " : "PAUSE ") + quoted(database)).execute());
  }

  /** Lets the clients go on; done at once if they were not waiting. */
  Future<?> resume() {
    return release("RESUME");
  }

  /** The same for those of one database. */
  Future<?> resume(String database) {
    return release("RESUME " + quoted(database));
  }

  /** The databases that the pooler knows by now. */
  Future<Map<String, Shown>> databases() {
    return releasing
        .query("SHOW DATABASES")
        .execute()
        .map(
            rows -> {
              var shown = new HashMap<String, Shown>();
              rows.forEach(row -> shown.put(text(row, "name"), Shown.of(row)));
              return shown;
            });
  }

  Future<?> close() {
    return Future.join(holding.close(), releasing.close());
  }

  private Future<?> release(String order) {
    return releasing
        .query(order)
        .execute()
        .mapEmpty()
        .recover(
            e ->
                NOTHING_TO_RESUME.stream().anyMatch(String.valueOf(e.getMessage())::contains)
                    ? Future.succeededFuture()
                    : Future.failedFuture(e));
  }

  /** Asked each time: a changed spec reaches a pooler later than the operator. */
  private Future<Boolean> isByTheSession() {
    return releasing
        .query("SHOW CONFIG")
        .execute()
        .map(
            rows -> {
              var modes = new HashMap<String, String>();
              rows.forEach(row -> modes.put(text(row, "key"), text(row, "value")));
              return "session".equals(modes.get("pool_mode"));
            });
  }

  private static String quoted(String database) {
    if (!NAME.matcher(database).matches()) {
      throw new StepFailure("the console of a pooler is given no such name of a database");
    }
    return '"' + database + '"';
  }

  private static String text(Row row, String column) {
    return String.valueOf(row.getValue(column));
  }

  /**
   * A database as a pooler shows it.
   *
   * @param host the server that it leads to
   * @param paused whether its clients are held back, or will be once their transactions have ended
   */
  record Shown(String host, boolean paused) {

    private static Shown of(Row row) {
      return new Shown(text(row, "host"), "1".equals(text(row, "paused")));
    }
  }
}
