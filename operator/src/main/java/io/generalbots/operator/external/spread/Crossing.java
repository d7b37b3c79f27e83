package io.generalbots.operator.external.spread;

import io.generalbots.operator.external.Sql;
import io.generalbots.sharding.hash.KeyRange;
import io.generalbots.sharding.hash.Load;
import io.generalbots.sharding.hash.Resharding;
import io.generalbots.sharding.hash.ReshardingMove;
import io.generalbots.sharding.hash.ReshardingPlanner;
import io.generalbots.sharding.hash.RoutingTable;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows that move from one shard to another, of all ranges that move now.
 *
 * @param source number of the shard that has them
 * @param target number of the shard that gets them
 * @param table says which ranges move
 * @param spread whose rows
 */
record Crossing(int source, int target, RoutingTable table, Spread spread) {

  private static final int RANGE_BITS = 56;

  /** All of them; none where nothing moves. */
  static List<Crossing> of(RoutingTable table, Spread spread) {
    return table.resharding().filter(r -> r.moving() != 0).stream()
        .flatMap(
            r ->
                pairs(table, r)
                    .map(
                        m ->
                            r.moving() > 0
                                ? new Crossing(m.from(), m.to(), table, spread)
                                : new Crossing(m.to(), m.from(), table, spread)))
        .toList();
  }

  private static Stream<ReshardingMove> pairs(RoutingTable table, Resharding resharding) {
    var nothing = Collections.nCopies(resharding.from(), new Load(0, 0));
    return ReshardingPlanner.plan(table.function(), nothing, resharding.to()).moves().stream();
  }

  /** Which rows, as a condition of SQL that an index answers. */
  String rows() {
    return rows(table, resharding().moving());
  }

  /** The same for as many ranges that moved just before these. */
  String former() {
    var moving = resharding().moving();
    var before = new Resharding(resharding().from(), resharding().to(), start(moving), moving);
    return rows(table.with(before), moving);
  }

  /** Whether any ranges moved before these, on the same way. */
  boolean hasFormer() {
    var start = start(resharding().moving());
    return start >= 0 && start <= KeyRange.COUNT;
  }

  private int start(int moving) {
    return resharding().frontier() - moving;
  }

  /** Where a change of a row with this hash has to go, as a condition of SQL. */
  String changes() {
    return goes("hash", resharding().moving());
  }

  private String rows(RoutingTable at, int moving) {
    var r = at.resharding().orElseThrow();
    var first = Math.min(r.frontier(), r.frontier() + moving);
    var end = Math.max(r.frontier(), r.frontier() + moving);
    return "(%s) AND %s".formatted(ranges(first, end), goes(spread.hash(), moving));
  }

  /** Hashes are signed in SQL: the upper half of them is below zero. */
  private String ranges(int first, int end) {
    var half = KeyRange.COUNT / 2;
    var lower = first < half ? Stream.of(between(first, Math.min(end, half))) : Stream.<String>of();
    var upper = end > half ? Stream.of(between(Math.max(first, half), end)) : Stream.<String>of();
    return String.join(" OR ", Stream.concat(lower, upper).toList());
  }

  private String between(int first, int end) {
    var from = (long) first << RANGE_BITS;
    var last = ((long) end << RANGE_BITS) - 1;
    return "%s BETWEEN %s AND %s".formatted(spread.hash(), number(from), number(last));
  }

  private static String number(long value) {
    return "'%d'::bigint".formatted(value);
  }

  /** The new shard is asked for first: most rows stay, and need no second look. */
  private String goes(String hash, int moving) {
    var there = moving > 0 ? resharding().to() : resharding().from();
    var here = moving > 0 ? resharding().from() : resharding().to();
    return chooses(hash, there, target) + " AND " + chooses(hash, here, source);
  }

  private String chooses(String hash, int count, int shard) {
    return "sharding.choose(%s, %d, %s) = %d"
        .formatted(hash, count, Sql.text(table.function().label()), shard);
  }

  private Resharding resharding() {
    return table.resharding().orElseThrow();
  }
}
