package io.generalbots.operator.external.spread;

import static io.generalbots.operator.external.Sql.name;

import io.generalbots.operator.external.Sql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows of one table that are carried from shard to shard: as PostgreSQL writes and reads them
 * itself, so that every type comes through as it was.
 *
 * @param spread whose table it is
 * @param table its name
 */
record Cargo(Spread spread, String table) {

  /** Rows that are held in memory at a time. */
  private static final int PORTION = 200;

  /** Rows that are removed at a time, so that nobody waits for long. */
  private static final int REMOVED = 5000;

  private static final String KEY =
      "SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_index i"
          + " JOIN pg_attribute a ON a.attrelid = i.indrelid"
          + " AND a.attnum = ANY (i.indkey::smallint[])"
          + " WHERE i.indrelid = to_regclass('public.' || quote_ident($1)) AND i.indisprimary";

  private static final String CHANGES =
      "SELECT id, hash, key::text AS key FROM sharding.change"
          + " WHERE policy = $1 AND relation = $2 AND %s ORDER BY id LIMIT 1000";

  private static final String PENDING =
      "SELECT DISTINCT hash FROM sharding.change WHERE policy = $1 AND relation = $2 AND %s";

  private static final String DONE = "DELETE FROM sharding.change WHERE id = ANY ($1)";

  private static final String SUM =
      "SELECT count(*) || ' rows, sum ' ||"
          + " coalesce(sum(sharding.shard_hash(gbo_row::text)::numeric), 0) FROM %s WHERE %s";

  /** Copies all that moves; what a former try left there is replaced. */
  void copy(Session source, Session target, Crossing crossing) {
    source.snapshot(
        () ->
            carrying(
                target,
                () -> {
                  target.run("DELETE FROM public.%s WHERE %s".formatted(here(), crossing.rows()));
                  source.read(
                      "SELECT gbo_row::text FROM %s WHERE %s".formatted(rows(), crossing.rows()),
                      PORTION,
                      portion -> add(target, portion));
                }));
  }

  /**
   * Copies once more what was written since; the hashes of the keys it was written to. What is cut
   * off is done again.
   */
  Set<Long> follow(Session source, Session target, Crossing crossing) {
    var touched = new HashSet<Long>();
    for (var some = changes(source, crossing); !some.isEmpty(); some = changes(source, crossing)) {
      some.forEach(change -> touched.add(change.getLong("hash")));
      replace(source, target, crossing, texts(some, "key"));
      var ids = some.stream().map(change -> change.getLong("id")).toArray(Long[]::new);
      source.change(DONE, Tuple.of(ids));
    }
    return touched;
  }

  /** Hashes of keys that were written to and not copied again yet. */
  Set<Long> pending(Session source, Crossing crossing) {
    var hashes = new HashSet<Long>();
    source
        .ask(PENDING.formatted(crossing.changes()), Tuple.of(spread.policy(), table))
        .forEach(row -> hashes.add(row.getLong(0)));
    return hashes;
  }

  /** Number and sum of rows, equal on both sides only if the rows are. */
  String sum(Session session, String condition) {
    return session.ask(SUM.formatted(rows(), condition), Tuple.tuple()).get(0).getString(0);
  }

  /** Removes rows that have moved, a portion at a time. */
  void remove(Session session, String condition) {
    var statement =
        "DELETE FROM public.%1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM public.%1$s WHERE %2$s LIMIT %3$d))"
            .formatted(here(), condition, REMOVED);
    var last = new int[] {REMOVED};
    while (last[0] == REMOVED) {
      carrying(session, () -> last[0] = session.change(statement, Tuple.tuple()));
    }
  }

  private void replace(Session source, Session target, Crossing crossing, String[] keys) {
    var same = same(source);
    var now =
        source.ask(
            "SELECT gbo_row::text FROM %s WHERE %s AND %s".formatted(rows(), crossing.rows(), same),
            Tuple.of(keys));
    carrying(
        target,
        () -> {
          target.change(
              "DELETE FROM public.%s AS gbo_row WHERE %s AND %s"
                  .formatted(here(), crossing.rows(), same),
              Tuple.of(keys));
          add(target, now);
        });
  }

  /** Whether a row has one of these primary keys, which come as JSON. */
  private String same(Session source) {
    var columns =
        List.of(source.ask(KEY, Tuple.of(table)).get(0).getArrayOfStrings(0)).stream()
            .map(Sql::name)
            .toList();
    return "(%s) IN (SELECT %s FROM unnest($1::text[]) AS gbo_text, jsonb_populate_record(NULL::public.%s, gbo_text::jsonb) AS gbo_key)"
        .formatted(
            String.join(", ", columns.stream().map(c -> "gbo_row." + c).toList()),
            String.join(", ", columns.stream().map(c -> "gbo_key." + c).toList()),
            here());
  }

  private void add(Session target, List<Row> rows) {
    if (!rows.isEmpty()) {
      target.change(
          "INSERT INTO public.%1$s SELECT * FROM unnest($1::text[]::public.%1$s[])"
              .formatted(here()),
          Tuple.of(texts(rows, "gbo_row")));
    }
  }

  private List<Row> changes(Session source, Crossing crossing) {
    return source.ask(CHANGES.formatted(crossing.changes()), Tuple.of(spread.policy(), table));
  }

  /** What is written in it counts on another shard, and is let in here all the same. */
  private void carrying(Session session, Runnable work) {
    session.transaction("BEGIN; SET LOCAL sharding.carrying = " + Sql.text(spread.policy()), work);
  }

  private static String[] texts(List<Row> rows, String column) {
    return rows.stream().map(row -> row.getString(column)).toArray(String[]::new);
  }

  private String rows() {
    return "public.%s AS gbo_row".formatted(here());
  }

  private String here() {
    return name(table);
  }
}
