package io.generalbots.operator.external.spread;

import io.generalbots.operator.external.Sql;
import io.generalbots.sharding.hash.Resharding;
import java.time.Clock;
import java.time.Instant;

/**
 * Moves rows until each is where a number of shards wants it, from whatever it finds: cut off at
 * any moment, it goes on from there.
 */
final class Reshuffle implements AutoCloseable {

  private final Spread spread;
  private final Clock clock;
  private final Council council;

  Reshuffle(Spread spread, Doors doors, Clock clock) {
    this.spread = spread;
    this.clock = clock;
    this.council = new Council(spread, doors);
  }

  /**
   * Goes on for a while.
   *
   * @param goal the number of shards that is wished
   * @param ranges that move at a time
   * @param until then the rest is left for another time
   * @return whether all is done
   */
  boolean goOn(int goal, int ranges, Instant until) {
    while (clock.instant().isBefore(until)) {
      var under = council.turn().table().resharding();
      if (under.isEmpty()) {
        if (council.turn().table().count() == goal) {
          return true;
        }
        council.advance(council.turn().reshard(goal));
      } else if (isOver(under.get(), goal)) {
        finish();
      } else if (isAstray(under.get(), goal)) {
        council.advance(council.turn().abort());
      } else {
        new Batch(spread, council, clock, isBack(under.get(), goal)).move(ranges);
      }
    }
    return false;
  }

  /** What was done until now, as a line. */
  String progress() {
    return council.turn().table().toString();
  }

  @Override
  public void close() {
    council.close();
  }

  private static boolean isOver(Resharding resharding, int goal) {
    return isBack(resharding, goal) ? resharding.isUndone() : resharding.isDone();
  }

  /** Whether what moves goes the other way than it should. */
  private static boolean isAstray(Resharding resharding, int goal) {
    return resharding.moving() != 0 && resharding.moving() < 0 != isBack(resharding, goal);
  }

  private static boolean isBack(Resharding resharding, int goal) {
    return resharding.from() == goal;
  }

  /** Copies that nobody counts any more go, all that there are. */
  private void finish() {
    spread.tables().stream()
        .map(table -> new Cargo(spread, table))
        .forEach(
            cargo -> council.each((session, shard) -> cargo.remove(session, strangers(shard))));
    council.advance(council.turn().finish());
  }

  /** Rows that count on another shard, as a condition of SQL. */
  private String strangers(int shard) {
    var table = council.turn().table();
    var under = table.resharding().orElseThrow();
    return "sharding.owner(%s, %s, %d, %d, %d) <> %d"
        .formatted(
            spread.hash(),
            Sql.text(table.function().label()),
            under.from(),
            under.to(),
            under.frontier(),
            shard);
  }
}
