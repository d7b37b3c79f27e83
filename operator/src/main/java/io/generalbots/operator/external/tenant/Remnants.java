package io.generalbots.operator.external.tenant;

import static io.generalbots.operator.external.Sql.name;

import io.generalbots.operator.external.Sql;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/**
 * Roles that cannot be dropped: PostgreSQL keeps whoever was given rights to something, and in the
 * database of a tenant nobody but that tenant can take them back. Such a role gives up its name, so
 * that it is in nobody's way, and goes as soon as nothing holds it any more.
 *
 * @param session with the server
 */
record Remnants(SqlConnection session) {

  /** The comment of a role that is nobody's any more. */
  static final String MARK = "generalbots.io/gone";

  /** {@code dependent_objects_still_exist}. */
  private static final String HELD = "2BP01";

  /** It can do nothing, and is in no group that a rule of the server speaks of. */
  private static final String RENAME =
      "ALTER ROLE %1$s RENAME TO %2$s; ALTER ROLE %2$s NOLOGIN PASSWORD NULL;"
          + " REVOKE %3$s FROM %2$s; COMMENT ON ROLE %2$s IS '"
          + MARK
          + "'";

  /** A few at a time: whoever is removed next goes on. */
  private static final String LEFT =
      """
      SELECT rolname::text FROM pg_roles
      WHERE starts_with(rolname, 'gone_') AND shobj_description(oid, 'pg_authid') = $1
      ORDER BY random() LIMIT 20
      """;

  /** Drops a role, or leaves what nobody knows by its name. */
  Future<?> drop(Deed.Dropped deed) {
    return drop(deed.role()).recover(failure -> isHeld(failure) ? rename(deed) : fail(failure));
  }

  /** Drops what nothing holds any more. */
  Future<?> sweep() {
    return session
        .preparedQuery(LEFT)
        .execute(Tuple.of(MARK))
        .compose(
            rows -> {
              Future<?> done = Future.succeededFuture();
              for (var row : rows) {
                done = done.compose(before -> sweep(row.getString(0)));
              }
              return done;
            });
  }

  private Future<?> sweep(String role) {
    return drop(role)
        .recover(failure -> isHeld(failure) ? Future.succeededFuture() : fail(failure));
  }

  private Future<RowSet<Row>> drop(String role) {
    return session.query("DROP ROLE " + name(role)).execute();
  }

  /** Every role of a tenant is in a group, be it that of its owner. */
  private Future<RowSet<Row>> rename(Deed.Dropped deed) {
    var groups = Sql.names(deed.groups());
    return session
        .query(RENAME.formatted(name(deed.role()), name(deed.remnant()), groups))
        .execute();
  }

  private static boolean isHeld(Throwable failure) {
    return failure instanceof PgException said && HELD.equals(said.getSqlState());
  }

  private static Future<RowSet<Row>> fail(Throwable failure) {
    return Future.failedFuture(failure);
  }
}
