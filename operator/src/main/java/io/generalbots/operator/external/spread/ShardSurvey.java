package io.generalbots.operator.external.spread;

import static io.generalbots.operator.external.Sql.name;

import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.kube.Resources;
import io.generalbots.sharding.hash.RoutingTable;
import io.generalbots.sharding.hash.Turn;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One look at all shards of a policy.
 *
 * @param doors open sessions
 * @param wish what to look for
 */
record ShardSurvey(Doors doors, Wish wish) {

  /** Tables up to this size are counted; of others the server's guess is told. */
  private static final long COUNTED = 64L << 20;

  private static final String MARK =
      "SELECT coalesce(obj_description(to_regnamespace('sharding'), 'pg_namespace'), '')";

  /**
   * What is looked for.
   *
   * @param policy the name of the ShardPolicy
   * @param key the column that decides
   * @param tables that are named; all that have the column if none is
   * @param excluded tables that are somebody else's
   * @param shards in number, should the first shard know of none
   * @param places where each shard is, as many as there can be
   */
  record Wish(
      String policy,
      String key,
      List<String> tables,
      List<String> excluded,
      int shards,
      List<Shard> places) {}

  ShardsRead make() {
    var first = wish.places().get(0);
    try (var session = doors.open(first)) {
      var candidates = new Candidates(session, wish).make();
      var names = candidates.stream().map(Candidate::name).toList();
      var seen = new ArrayList<ShardSeen>();
      seen.add(seen(session, first, names));
      var count =
          Math.max(wish.shards(), seen.get(0).turn().map(turn -> turn.table().shards()).orElse(1));
      wish.places().subList(1, count).forEach(shard -> seen.add(look(shard, names)));
      return new ShardsRead(candidates, seen);
    }
  }

  private ShardSeen look(Shard shard, List<String> names) {
    try (var session = doors.open(shard)) {
      return seen(session, shard, names);
    } catch (StepFailure e) {
      var state = Trouble.isMissing(e) ? ShardSeen.State.MISSING : ShardSeen.State.SILENT;
      return ShardSeen.outside(shard, state, String.valueOf(e.getMessage()));
    }
  }

  private ShardSeen seen(Session session, Shard shard, List<String> names) {
    var mark = session.ask(MARK, Tuple.tuple()).get(0).getString(0);
    if (!Outfit.MARK.equals(mark)) {
      return new ShardSeen(
          shard, ShardSeen.State.CLOSED, Optional.empty(), ShardSeen.Contents.NONE);
    }
    var spread = new Spread(wish.policy(), wish.key(), names, List.of());
    var turn = new Ledger(session, spread).read();
    var moves = turn.map(Turn::table).flatMap(RoutingTable::resharding).isPresent();
    var tables = tables(session, names, moves);
    return new ShardSeen(
        shard, ShardSeen.State.OPEN, Optional.empty(), new ShardSeen.Contents(turn, tables));
  }

  private List<TableSeen> tables(Session session, List<String> names, boolean moves) {
    var wanted =
        Tuple.tuple()
            .addArrayOfString(names.toArray(String[]::new))
            .addString(wish.policy())
            .addString(wish.key())
            .addString(Outfit.GUARD_MARK);
    return session.ask(Resources.text("spread/tables.sql"), wanted).stream()
        .map(
            row ->
                new TableSeen(
                    row.getString("name"),
                    row.getString("definition"),
                    row.getBoolean("prepared"),
                    moves ? 0 : keys(session, row),
                    row.getLong("bytes")))
        .toList();
  }

  private long keys(Session session, Row row) {
    var guess = row.getLong("guess");
    if (row.getLong("bytes") > COUNTED && guess != null) {
      return guess;
    }
    var count = "SELECT count(DISTINCT %s) FROM public.%s";
    return session
        .ask(count.formatted(name(wish.key()), name(row.getString("name"))), Tuple.tuple())
        .get(0)
        .getLong(0);
  }
}
