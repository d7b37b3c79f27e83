package io.generalbots.operator.external.move;

import io.generalbots.operator.external.Waiting;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A session as the mover of a Tenant, in its database: whatever the Tenant planted there runs with
 * the Tenant's own rights.
 *
 * @param connection that nobody else uses
 * @param name of the server, for people
 */
record MoverSession(PgConnection connection, String name) implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(3);

  private static final String MANNERS =
      "SET search_path = pg_catalog; SET lock_timeout = '1s'; SET statement_timeout = '2s'";

  /** Begun with good manners. */
  static MoverSession of(PgConnection connection, String name) {
    var session = new MoverSession(connection, name);
    session.await(connection.query(MANNERS).execute());
    return session;
  }

  /** What is known of a move. */
  Course course(String move) {
    return first(Course.IS_THERE, Tuple.tuple()).filter(r -> r.getBoolean(0)).isEmpty()
        ? Course.NONE
        : first(Course.QUERY, Tuple.of(move)).map(Course::of).orElse(Course.NONE);
  }

  /** Whether the phase is this now, which was one of these. */
  boolean turn(String move, String to, String... former) {
    var turned =
        await(connection.preparedQuery(Course.TURN).execute(Tuple.of(move, to, former))).rowCount();
    await(connection.query(Course.TOLD).execute());
    return turned > 0;
  }

  Optional<Row> first(String statement, Tuple values) {
    var rows = await(connection.preparedQuery(statement).execute(values));
    return StreamSupport.stream(rows.spliterator(), false).findFirst();
  }

  @Override
  public void close() {
    connection.close();
  }

  private <T> T await(Future<T> answer) {
    return Waiting.within(LIMIT, name, answer);
  }
}
