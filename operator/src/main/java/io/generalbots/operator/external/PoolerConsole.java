package io.generalbots.operator.external;

import io.generalbots.operator.cluster.pooler.Pooler;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;

/**
 * The admin console of one pooler. It is opened twice, since PAUSE keeps its session busy until the
 * last transaction has ended, and RESUME may not wait for that.
 */
final class PoolerConsole {

  /** The database that PgBouncer answers itself. */
  private static final String DATABASE = "pgbouncer";

  /** What the console says when there is nothing to resume. */
  private static final String NOT_PAUSED = "not paused";

  private final PgConnection holding;
  private final PgConnection releasing;

  private PoolerConsole(PgConnection holding, PgConnection releasing) {
    this.holding = holding;
    this.releasing = releasing;
  }

  static Future<PoolerConsole> open(PostgresSessions sessions, ServerLogin login, String address) {
    var holding = sessions.open(address, Pooler.PORT, DATABASE, login);
    var releasing = sessions.open(address, Pooler.PORT, DATABASE, login);
    return Future.all(holding, releasing)
        .map(both -> new PoolerConsole(holding.result(), releasing.result()));
  }

  /** Done when no connection to a server is open; from then on the clients wait. */
  Future<?> pause() {
    return holding.query("PAUSE").execute();
  }

  /** Lets the clients go on; done at once if they were not waiting. */
  Future<?> resume() {
    return releasing
        .query("RESUME")
        .execute()
        .mapEmpty()
        .recover(
            e ->
                String.valueOf(e.getMessage()).contains(NOT_PAUSED)
                    ? Future.succeededFuture()
                    : Future.failedFuture(e));
  }

  Future<?> close() {
    return Future.join(holding.close(), releasing.close());
  }
}
