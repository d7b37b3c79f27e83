package io.generalbots.operator.external.tenant;

import io.generalbots.operator.kernel.Unfinished;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/**
 * One look at what a Tenant has in a server, and what is done about it, by one visitor at a time.
 *
 * @param session with the server
 * @param shared how a session with the database that tenants share begins, if need be
 * @param errand what is looked at, and what follows
 */
record Visit(SqlConnection session, Supplier<Future<PgConnection>> shared, Errand errand) {

  /** The last one lets the provisioner give a database to the owner that it has made. */
  static final String MANNERS =
      "SET search_path = pg_catalog; SET standard_conforming_strings = on; SET lock_timeout = '2s';"
          + " SET statement_timeout = '8s'; SET createrole_self_grant = 'set, inherit'";

  private static final String UNLOCK = "SELECT pg_advisory_unlock_all()";

  private static final String LOCK = "SELECT pg_try_advisory_lock(hashtextextended($1::text, 0))";

  Future<Void> make() {
    return session
        .query(MANNERS)
        .execute()
        .compose(set -> lock())
        .compose(locked -> look())
        .compose(found -> errand.enters().test(found) ? enter(found) : work(found, session))
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

  private Future<Void> enter(Found found) {
    return shared
        .get()
        .compose(
            inside ->
                inside
                    .query(MANNERS)
                    .execute()
                    .compose(set -> look(inside))
                    .compose(interior -> work(found.with(interior), inside))
                    .onComplete(any -> inside.close()));
  }

  private Future<Void> work(Found found, SqlConnection inside) {
    var change = errand.change().apply(found);
    return new Work(session, inside, errand.subject()).all(change);
  }

  private Future<Void> lock() {
    var subject = errand.subject().words();
    return ask(session, LOCK, Tuple.of(subject))
        .map(rows -> rows.iterator().next().getBoolean(0))
        .compose(
            free ->
                free
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new Unfinished("%s is being changed".formatted(subject))));
  }

  private Future<Found> look() {
    var subject = errand.subject();
    return ask(session, Role.QUERY, Tuple.of((Object) subject.roles().toArray(String[]::new)))
        .compose(
            roles ->
                ask(session, Database.QUERY, Tuple.of(subject.space()))
                    .map(databases -> found(roles, databases)));
  }

  private Future<Interior> look(SqlConnection inside) {
    return ask(inside, Interior.QUERY, Tuple.of(errand.subject().space()))
        .map(rows -> Interior.of(rows.iterator().next()));
  }

  private static Found found(RowSet<Row> roles, RowSet<Row> databases) {
    return new Found(
        StreamSupport.stream(roles.spliterator(), false).map(Role::of).toList(),
        first(databases).map(Database::of));
  }

  private static Future<RowSet<Row>> ask(SqlConnection at, String statement, Tuple values) {
    return at.preparedQuery(statement).execute(values);
  }

  private static Optional<Row> first(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).findFirst();
  }
}
