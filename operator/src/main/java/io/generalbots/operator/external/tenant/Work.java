package io.generalbots.operator.external.tenant;

import io.generalbots.operator.kernel.Unfinished;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What is done to a server, one thing after the other.
 *
 * @param session with the server
 * @param inside the session with the database that tenants share, where there is one
 * @param subject what it is done to
 */
record Work(SqlConnection session, SqlConnection inside, Subject subject) {

  /** A session that does not end at once is waited for. */
  private static final String END =
      "SELECT count(*) FILTER (WHERE NOT pg_terminate_backend(pid, 1000))"
          + " FROM pg_stat_activity WHERE usename = ANY ($1::text[]::name[])";

  private static final String REMAINING =
      "SELECT count(*) FROM pg_stat_activity WHERE usename = ANY ($1::text[]::name[])";

  /**
   * The server writes the names: it knows how to quote all of them. Leaves come first, and what is
   * a part of something goes with it.
   */
  private static final String SOME =
      """
      WITH here AS (SELECT oid FROM pg_namespace WHERE nspname = $1::text::name),
      objects AS (
        SELECT 'pg_class'::regclass AS class, c.oid FROM pg_class c JOIN here h ON h.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
          AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid)
        UNION ALL
        SELECT 'pg_proc'::regclass, p.oid FROM pg_proc p JOIN here h ON h.oid = p.pronamespace)
      SELECT format('DROP %s IF EXISTS %s CASCADE', i.type, i.identity)
      FROM objects o, pg_identify_object(o.class, o.oid, 0) i
      WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.class AND d.objid = o.oid
        AND (d.deptype = 'i' OR (d.deptype = 'a' AND d.refobjsubid > 0)))
      LIMIT 50
      """;

  /** Fewer are for a single statement to drop. */
  private static final int SOME_ARE = 50;

  /** So many times some; what is left then is for the next visit. */
  private static final int ROUNDS = 4;

  Future<Void> all(Change change) {
    Future<?> done = Future.succeededFuture();
    for (var deed : change.deeds()) {
      done = done.compose(before -> one(deed));
    }
    return done.mapEmpty();
  }

  private Future<?> one(Deed deed) {
    if (deed instanceof Deed.OnServer server) {
      return session.query(server.statement()).execute();
    } else if (deed instanceof Deed.InShared shared) {
      return inside.query(shared.statement()).execute();
    } else if (deed instanceof Deed.Emptied emptied) {
      return empty(emptied.schema(), ROUNDS);
    } else if (deed instanceof Deed.Dropped dropped) {
      return new Remnants(session).drop(dropped);
    } else if (deed instanceof Deed.Swept) {
      return new Remnants(session).sweep();
    }
    return end(((Deed.EndSessions) deed).roles());
  }

  private Future<Void> empty(String schema, int rounds) {
    if (rounds == 0) {
      return Future.failedFuture(new Unfinished("schema %s is being emptied".formatted(schema)));
    }
    return ask(inside, SOME, Tuple.of(schema))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(r -> r.getString(0)))
        .map(Stream::toList)
        .compose(
            some ->
                some.size() < SOME_ARE
                    ? Future.succeededFuture()
                    : inside
                        .query(String.join("; ", some))
                        .execute()
                        .compose(dropped -> empty(schema, rounds - 1)));
  }

  private Future<Void> end(List<String> roles) {
    if (roles.isEmpty()) {
      return Future.succeededFuture();
    }
    var names = Tuple.of((Object) roles.toArray(String[]::new));
    return ask(session, END, names)
        .compose(ended -> count(REMAINING, names, row -> row.getLong(0)))
        .compose(
            left ->
                left == 0
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new Unfinished(
                            "%d sessions of %s are ending".formatted(left, subject.words()))));
  }

  private <T> Future<T> count(String statement, Tuple values, Function<Row, T> column) {
    return ask(session, statement, values).map(rows -> column.apply(rows.iterator().next()));
  }

  private static Future<RowSet<Row>> ask(SqlConnection at, String statement, Tuple values) {
    return at.preparedQuery(statement).execute(values);
  }
}
