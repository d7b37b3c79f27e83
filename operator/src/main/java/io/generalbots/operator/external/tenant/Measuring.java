package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.Sql;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * How much every tenant has in a server, by the name of its database or schema: no tenant has both.
 *
 * @param doors the ways in
 */
record Measuring(Doors doors) {

  /** Whoever may connect may ask for the size; an owner can take that right away from itself. */
  private static final String UNMEASURED =
      """
      SELECT d.datname::text, o.rolname::text FROM pg_database d JOIN pg_roles o ON o.oid = d.datdba
      WHERE starts_with(d.datname, 't_') AND pg_has_role(d.datdba, 'USAGE')
        AND NOT has_database_privilege(d.oid, 'CONNECT')
      """;

  private static final String DATABASES =
      """
      SELECT datname::text, pg_database_size(oid) FROM pg_database
      WHERE starts_with(datname, 't_') AND has_database_privilege(oid, 'CONNECT')
      """;

  private static final String IS_SHARED =
      "SELECT count(*) FROM pg_database WHERE datallowconn AND datname = '%s'"
          .formatted(Room.SHARED);

  /**
   * Of all that a tenant's roles own, temporary tables too. A table that somebody has locked
   * against everybody cannot be asked for its size; nobody waits for it, and those who have such
   * share in what is left of the database's size, so that nobody hides what it has.
   */
  private static final String SCHEMAS =
      """
      WITH held AS (
        SELECT DISTINCT l.relation FROM pg_locks l JOIN pg_database d ON d.oid = l.database
        WHERE l.mode = 'AccessExclusiveLock' AND d.datname = current_database()),
      relations AS (
        SELECT regexp_replace(r.rolname::text, '^t[ab]_', 't_') AS tenant, held.relation AS held,
          CASE WHEN held.relation IS NULL THEN pg_relation_size(c.oid, 'main')
            + pg_relation_size(c.oid, 'fsm') + pg_relation_size(c.oid, 'vm') END AS bytes
        FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner LEFT JOIN held ON held.relation = c.oid
        WHERE c.relkind IN ('r', 'm', 'S', 't', 'i')),
      owners AS (
        SELECT tenant, coalesce(sum(bytes), 0) AS bytes,
          count(held) > 0 AND starts_with(tenant, 't_') AS hides
        FROM relations GROUP BY tenant),
      rest AS (
        SELECT (pg_database_size(current_database()) - sum(bytes))
          / greatest(count(*) FILTER (WHERE hides), 1) AS bytes FROM owners)
      SELECT n.nspname::text, (coalesce(o.bytes, 0)
        + CASE WHEN o.hides THEN greatest(rest.bytes, 0) ELSE 0 END)::bigint
      FROM pg_namespace n LEFT JOIN owners o ON o.tenant = n.nspname::text CROSS JOIN rest
      WHERE starts_with(n.nspname, 't_')
      """;

  Future<Map<String, Long>> all() {
    return doors
        .server()
        .compose(
            server ->
                server
                    .query(Visit.MANNERS)
                    .execute()
                    .compose(set -> databases(server))
                    .compose(sizes -> isShared(server).compose(is -> is ? and(sizes) : done(sizes)))
                    .onComplete(any -> server.close()));
  }

  private static Future<Map<String, Long>> databases(PgConnection server) {
    return server
        .query(UNMEASURED)
        .execute()
        .compose(rows -> allow(server, rows))
        .compose(all -> server.query(DATABASES).execute())
        .map(Measuring::sizes);
  }

  private static Future<?> allow(PgConnection session, RowSet<Row> unmeasured) {
    Future<?> done = Future.succeededFuture();
    for (var row : unmeasured) {
      var grant =
          "GRANT CONNECT ON DATABASE %s TO %s"
              .formatted(Sql.name(row.getString(0)), Sql.name(row.getString(1)));
      done = done.compose(before -> session.query(grant).execute());
    }
    return done;
  }

  private static Future<Boolean> isShared(PgConnection server) {
    return server.query(IS_SHARED).execute().map(rows -> rows.iterator().next().getLong(0) > 0);
  }

  /** Where schemas cannot be measured, databases are told all the same. */
  private Future<Map<String, Long>> and(Map<String, Long> databases) {
    return doors
        .shared()
        .compose(
            inside ->
                inside
                    .query(Visit.MANNERS)
                    .execute()
                    .compose(set -> inside.query(SCHEMAS).execute())
                    .onComplete(any -> inside.close()))
        .map(Measuring::sizes)
        .otherwise(Map.of())
        .map(
            schemas -> {
              var all = new HashMap<>(databases);
              all.putAll(schemas);
              return all;
            });
  }

  private static Future<Map<String, Long>> done(Map<String, Long> sizes) {
    return Future.succeededFuture(sizes);
  }

  private static Map<String, Long> sizes(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
  }
}
