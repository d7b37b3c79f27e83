package io.generalbots.operator.external.tenant;

import io.generalbots.operator.kernel.Unfinished;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * A session in which a Tenant's database is looked at and changed. Nothing is looked up outside of
 * the system catalogue, nothing waits for long, and one visitor comes at a time.
 *
 * @param session with the server
 * @param dwelling what is looked at
 */
record Visit(SqlConnection session, Dwelling dwelling) {

  /** The last one lets the provisioner give a database to the owner that it has made. */
  static final String MANNERS =
      "SET search_path = pg_catalog; SET standard_conforming_strings = on; SET lock_timeout = '2s';"
          + " SET statement_timeout = '8s'; SET createrole_self_grant = 'set, inherit'";

  private static final String UNLOCK = "SELECT pg_advisory_unlock_all()";

  private static final String LOCK = "SELECT pg_try_advisory_lock(hashtextextended($1::text, 0))";

  /** A session that does not end at once is waited for. */
  private static final String END =
      "SELECT count(*) FILTER (WHERE NOT pg_terminate_backend(pid, 1000))"
          + " FROM pg_stat_activity WHERE usename = ANY ($1::text[]::name[])";

  private static final String REMAINING =
      "SELECT count(*) FROM pg_stat_activity WHERE usename = ANY ($1::text[]::name[])";

  Future<Void> make(Function<Found, Change> change) {
    return session
        .query(MANNERS)
        .execute()
        .compose(set -> lock())
        .compose(locked -> look())
        .map(change)
        .compose(this::make)
        .transform(this::unlock);
  }

  /** The next visitor need not wait until the server has noticed that this one left. */
  private Future<Void> unlock(AsyncResult<Void> made) {
    return session
        .query(UNLOCK)
        .execute()
        .transform(
            any -> made.succeeded() ? Future.succeededFuture() : Future.failedFuture(made.cause()));
  }

  private Future<Void> make(Change change) {
    Future<?> done = Future.succeededFuture();
    for (var statement : change.statements()) {
      done = done.compose(before -> session.query(statement).execute());
    }
    return done.compose(all -> end(change.ended()));
  }

  private Future<Void> lock() {
    return count(LOCK, Tuple.of("tenant " + dwelling.tenant()), row -> row.getBoolean(0))
        .compose(
            free ->
                free
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new Unfinished(
                            "the database of %s is being changed".formatted(dwelling.tenant()))));
  }

  private Future<Found> look() {
    var names = new ArrayList<>(dwelling.slots());
    names.add(dwelling.owner());
    return ask(Role.QUERY, Tuple.of((Object) names.toArray(String[]::new)))
        .compose(
            roles ->
                ask(Database.QUERY, Tuple.of(dwelling.owner()))
                    .map(databases -> found(roles, databases)));
  }

  private static Found found(RowSet<Row> roles, RowSet<Row> databases) {
    return new Found(
        StreamSupport.stream(roles.spliterator(), false).map(Role::of).toList(),
        first(databases).map(Database::of));
  }

  private Future<Void> end(List<String> roles) {
    if (roles.isEmpty()) {
      return Future.succeededFuture();
    }
    var names = Tuple.of((Object) roles.toArray(String[]::new));
    return ask(END, names)
        .compose(ended -> count(REMAINING, names, row -> row.getLong(0)))
        .compose(
            left ->
                left == 0
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new Unfinished(
                            "%d sessions of %s are ending".formatted(left, dwelling.tenant()))));
  }

  private <T> Future<T> count(String statement, Tuple values, Function<Row, T> column) {
    return ask(statement, values).map(rows -> column.apply(rows.iterator().next()));
  }

  private Future<RowSet<Row>> ask(String statement, Tuple values) {
    return session.preparedQuery(statement).execute(values);
  }

  private static Optional<Row> first(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).findFirst();
  }
}
