package io.generalbots.operator.external.spread;

import static io.generalbots.operator.external.Sql.name;
import static io.generalbots.operator.external.Sql.text;

import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.kube.Resources;
import io.generalbots.sharding.hash.HashSql;
import io.generalbots.sharding.hash.PlanHash;
import io.generalbots.sharding.hash.Turn;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;

/**
 * Makes a database one of the shards: the published functions, the routing table, the tables, and
 * what keeps writers off keys that are another shard's. All of it can be done again.
 *
 * @param spread what is spread
 */
record Outfit(Spread spread) {

  private static final String FUNCTIONS =
      HashSql.functions() + Resources.text("spread/routing.sql");

  /** What it is known by that a shard has the functions of this operator. */
  static final String MARK = "generalbots " + PlanHash.of(List.of(FUNCTIONS));

  private static final String GUARD = Resources.text("spread/guard.sql");

  /** The same of what keeps writers off. */
  static final String GUARD_MARK = "generalbots " + PlanHash.of(List.of(GUARD));

  private static final String BUILT =
      "SELECT i.indisvalid, EXISTS (SELECT FROM pg_stat_progress_create_index p"
          + " WHERE p.index_relid = i.indexrelid) FROM pg_index i"
          + " WHERE i.indexrelid = to_regclass($1)";

  /** Where a shard begins; what it knows already stays. */
  void open(Session session, int shard, Turn turn) {
    session.transaction("BEGIN", () -> session.run(FUNCTIONS));
    new Ledger(session, spread).enter(shard, turn);
    session.run("COMMENT ON SCHEMA sharding IS " + text(MARK));
  }

  /** Makes the database of a shard, which nobody enters but its owner. */
  static void make(Session beside, Shard shard) {
    var database = name(shard.database());
    beside.run("CREATE DATABASE %s".formatted(database));
    beside.run("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(database));
  }

  /** Has a table as the first shard has it, with a guard. */
  void add(Session first, Session session, String table) {
    var wished = definition(first, table);
    if (definition(session, table).isEmpty()) {
      session.transaction(
          "BEGIN",
          () ->
              session.run(
                  wished.orElseThrow(() -> new StepFailure("table %s is gone".formatted(table)))));
    }
    index(session, table);
    guard(session, table);
  }

  private static Optional<String> definition(Session session, String table) {
    var oid = "SELECT sharding.definition(to_regclass('public.' || quote_ident($1)))";
    return Optional.ofNullable(session.ask(oid, Tuple.of(table)).get(0).getString(0));
  }

  /** Built beside writers; one that was given up half-way is of no use to anybody. */
  private void index(Session session, String table) {
    var index = name(table.substring(0, Math.min(table.length(), 53)) + "_gbo_range");
    var found = session.ask(BUILT, Tuple.of("public." + index));
    if (!found.isEmpty() && !found.get(0).getBoolean(0) && !found.get(0).getBoolean(1)) {
      session.run("DROP INDEX CONCURRENTLY IF EXISTS public." + index);
    }
    session.run("SET lock_timeout = 0");
    session.run(
        "CREATE INDEX CONCURRENTLY IF NOT EXISTS %s ON public.%s (%s)"
            .formatted(index, name(table), spread.hash()));
    session.run("SET lock_timeout = '2s'");
  }

  private void guard(Session session, String table) {
    var set = "SELECT set_config('sharding.' || $1, $2, true)";
    session.transaction(
        "BEGIN",
        () -> {
          session.ask(set, Tuple.of("policy", spread.policy()));
          session.ask(set, Tuple.of("table", table));
          session.ask(set, Tuple.of("key", spread.key()));
          session.ask(set, Tuple.of("lock", String.valueOf(spread.lock())));
          session.ask(set, Tuple.of("mark", GUARD_MARK));
          session.run(GUARD);
        });
  }
}
