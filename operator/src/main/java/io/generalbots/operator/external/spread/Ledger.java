package io.generalbots.operator.external.spread;

import io.generalbots.operator.external.StepFailure;
import io.generalbots.sharding.hash.Resharding;
import io.generalbots.sharding.hash.RoutingTable;
import io.generalbots.sharding.hash.Turn;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;

/**
 * What a shard knows of who has which key.
 *
 * @param session at the shard
 * @param spread whose keys
 */
record Ledger(Session session, Spread spread) {

  private static final String READ =
      "SELECT turn, line, closed, key FROM sharding.routing WHERE policy = $1";

  private static final String ENTER =
      "INSERT INTO sharding.routing (policy, shard, key, turn, line, algorithm, before, after,"
          + " frontier, moving, closed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
          + " ON CONFLICT (policy) DO NOTHING";

  private static final String TURN =
      "UPDATE sharding.routing SET turn = $2, line = $3, algorithm = $4, before = $5, after = $6,"
          + " frontier = $7, moving = $8, closed = $9 WHERE policy = $1 AND turn %s $2";

  /** Writers are waited for, and wait themselves meanwhile: not for long. */
  private static final String BEGIN = "BEGIN; SET LOCAL lock_timeout = '1s'";

  private static final String ALONE = "SELECT pg_advisory_xact_lock(%d)";

  /**
   * As it is there; empty where nothing is yet.
   *
   * @throws StepFailure if rows lie by another key: by this one all of them would seem astray
   */
  Optional<Turn> read() {
    return session.ask(READ, Tuple.of(spread.policy())).stream().findFirst().map(this::turn);
  }

  /** Makes the first entry of a shard; one that is there stays. */
  void enter(int shard, Turn turn) {
    var values = Tuple.of(spread.policy(), shard, spread.key());
    columns(turn).forEach(values::addValue);
    session.change(ENTER, values);
  }

  /**
   * Goes on to the next turn. The first shard decides between two who want to: the other fails.
   *
   * @throws StepFailure if somebody else has gone on meanwhile
   */
  void advance(Turn turn) {
    if (take(turn, "= -1 +") == 0 && !read().equals(Optional.of(turn))) {
      throw new StepFailure(
          "somebody else changes the shards of ShardPolicy %s too: tried again"
              .formatted(spread.policy()));
    }
  }

  /** Follows the first shard, if this one is behind. */
  void follow(Turn turn) {
    take(turn, "<");
  }

  private int take(Turn turn, String comparison) {
    var values = Tuple.of(spread.policy());
    columns(turn).forEach(values::addValue);
    var changed = new int[1];
    session.transaction(
        BEGIN,
        () -> {
          session.run(ALONE.formatted(spread.lock()));
          changed[0] = session.change(TURN.formatted(comparison), values);
        });
    return changed[0];
  }

  private static List<Object> columns(Turn turn) {
    var table = turn.table();
    var to = table.resharding();
    return List.of(
        turn.number(),
        table.toString(),
        table.function().label(),
        table.count(),
        to.map(Resharding::to).orElse(table.count()),
        to.map(Resharding::frontier).orElse(0),
        to.map(Resharding::moving).orElse(0),
        turn.closed());
  }

  private Turn turn(Row row) {
    var key = row.getString("key");
    if (!key.equals(spread.key())) {
      throw new StepFailure(
          "rows of ShardPolicy %s are spread by %s and not by %s: write that, or create one of another name"
              .formatted(spread.policy(), key, spread.key()));
    }
    return new Turn(
        row.getLong("turn"), RoutingTable.parse(row.getString("line")), row.getBoolean("closed"));
  }
}
