package io.generalbots.operator.external.partition;

import io.generalbots.operator.external.Sql;
import io.generalbots.operator.kube.Resources;
import io.generalbots.sharding.time.Table;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * One look at tables: a few questions to catalogs, and one to each table for the times in it.
 *
 * @param session as the owner of the tables
 * @param columns that say where a row belongs, by table
 */
record Survey(SqlConnection session, Map<String, String> columns) {

  /** Everything is told in UTC, and nobody is waited for. */
  static final String MANNERS =
      "SET search_path = pg_catalog; SET timezone = 'UTC'; SET datestyle = 'ISO, YMD';"
          + " SET intervalstyle = 'postgres'; SET bytea_output = 'hex'; SET extra_float_digits = 1;"
          + " SET standard_conforming_strings = on; SET lock_timeout = '2s';"
          + " SET statement_timeout = '%s'";

  private static final String LOOK = MANNERS.formatted("3s");

  private static final String NOW = "SELECT clock_timestamp()";

  /** Microseconds since 1970 of rows whose time is one; what is infinite belongs nowhere. */
  private static final String TIMES =
      "SELECT (extract(epoch FROM min(%1$s) FILTER (WHERE isfinite(%1$s))) * 1000000)::bigint,"
          + " (extract(epoch FROM max(%1$s) FILTER (WHERE isfinite(%1$s))) * 1000000)::bigint"
          + " FROM ONLY public.%2$s";

  Survey {
    columns = new TreeMap<>(columns);
  }

  Future<TablesRead> make() {
    return session
        .query(LOOK)
        .execute()
        .compose(set -> session.query(NOW).execute())
        .compose(time -> tables(time.iterator().next().getOffsetDateTime(0).toInstant()));
  }

  private Future<TablesRead> tables(Instant now) {
    var tables = columns.keySet().toArray(String[]::new);
    var clocks = columns.values().toArray(String[]::new);
    var wanted = Tuple.tuple().addArrayOfString(tables).addArrayOfString(clocks);
    var names = Tuple.tuple().addArrayOfString(tables);
    return ask("tables", wanted)
        .compose(
            found ->
                ask("hindrances", wanted)
                    .compose(
                        hindrances ->
                            ask("partitions", names)
                                .map(parts -> new Found(found, hindrances, parts))))
        .compose(this::withTimes)
        .map(all -> new TablesRead(now, all));
  }

  private Future<List<Table>> withTimes(Found found) {
    var all = Future.succeededFuture(new ArrayList<Table>());
    for (var entry : found) {
      all = all.compose(before -> times(entry).map(times -> with(before, entry.table(times))));
    }
    return all.map(List::copyOf);
  }

  private static ArrayList<Table> with(ArrayList<Table> before, Table next) {
    before.add(next);
    return before;
  }

  /** A table that cannot be asked in time is taken for one without rows of its own. */
  private Future<Times> times(Found.Entry entry) {
    return entry
        .asked()
        .map(
            table ->
                session
                    .query(
                        TIMES.formatted(
                            Sql.name(columns.getOrDefault(entry.name(), "")), Sql.name(table)))
                    .execute()
                    .map(rows -> Times.of(rows.iterator().next()))
                    .recover(Times::untold))
        .orElse(Future.succeededFuture(Times.NONE));
  }

  private Future<List<Row>> ask(String what, Tuple values) {
    return session
        .preparedQuery(Resources.text("partition/" + what + ".sql"))
        .execute(values)
        .map(Survey::rows);
  }

  private static List<Row> rows(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).toList();
  }
}
