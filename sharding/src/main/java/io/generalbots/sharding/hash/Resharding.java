package io.generalbots.sharding.hash;

import java.util.OptionalInt;

/**
 * A change of the number of shards that is under way, range by range.
 *
 * <p>The frontier alone decides who has a key: ranges before it are where the new count wants them,
 * all others where the old one does. Ranges that move lie beside it and are on two shards at once;
 * when they are verified, the frontier steps over them in one piece. So each key has one shard that
 * counts at every moment, and whatever is interrupted leaves that shard whole.
 *
 * @param from shards there were
 * @param to shards there will be
 * @param frontier ranges that have moved, from 0 to {@link KeyRange#COUNT}
 * @param moving ranges that move now: above 0 the next ones behind the frontier are copied to their
 *     new shards; below 0 the last ones before it are copied back
 */
public record Resharding(int from, int to, int frontier, int moving) {

  public Resharding {
    HashFunction.checkedCount(from);
    HashFunction.checkedCount(to);
    if (from == to) {
      throw new IllegalArgumentException("there are " + to + " shards already: nothing moves");
    }
    if (!isPosition(frontier)) {
      throw new IllegalArgumentException(
          "the frontier must be 0 to " + KeyRange.COUNT + ", not " + frontier);
    }
    if (!isPosition((long) frontier + moving)) {
      throw new IllegalArgumentException(
          moving + " ranges cannot move: the frontier is at " + frontier);
    }
  }

  /** One of which nothing has moved yet. */
  public static Resharding between(int from, int to) {
    return new Resharding(from, to, 0, 0);
  }

  /** The next ranges begin to move; fewer if fewer are left. */
  public Resharding moveOn(int ranges) {
    return begin(Math.min(checkedRanges(ranges), KeyRange.COUNT - frontier));
  }

  /** The last ranges that have moved begin to move back; fewer if there are fewer. */
  public Resharding moveBack(int ranges) {
    return begin(-Math.min(checkedRanges(ranges), frontier));
  }

  /** Those that move have arrived, and are verified. */
  public Resharding arrive() {
    return new Resharding(from, to, frontier + moving, 0);
  }

  /** Those that move stay where they were. */
  public Resharding abort() {
    return new Resharding(from, to, frontier, 0);
  }

  /** Whether every key is where the new count wants it. */
  public boolean isDone() {
    return frontier == KeyRange.COUNT && moving == 0;
  }

  /** Whether every key is where it was before. */
  public boolean isUndone() {
    return frontier == 0 && moving == 0;
  }

  /** The route of a key of this range that has these shards by the old count and by the new one. */
  Route routeOf(int range, int before, int after) {
    if (before == after) {
      return Route.settled(before);
    }
    var moved = range < frontier;
    var shard = moved ? after : before;
    return isMoving(range)
        ? new Route(Route.Stage.MOVING, shard, OptionalInt.of(moved ? before : after))
        : new Route(moved ? Route.Stage.MOVED : Route.Stage.WAITING, shard, OptionalInt.empty());
  }

  private boolean isMoving(int range) {
    return range >= Math.min(frontier, frontier + moving)
        && range < Math.max(frontier, frontier + moving);
  }

  private Resharding begin(int ranges) {
    if (moving != 0) {
      throw new IllegalStateException("ranges move already: " + this);
    }
    return new Resharding(from, to, frontier, ranges);
  }

  private static int checkedRanges(int ranges) {
    if (ranges < 1) {
      throw new IllegalArgumentException("at least one range moves at a time, not " + ranges);
    }
    return ranges;
  }

  private static boolean isPosition(long position) {
    return position >= 0 && position <= KeyRange.COUNT;
  }

  /** As in a {@link RoutingTable}: {@code 4->5 @17+1}. */
  @Override
  public String toString() {
    var direction = moving == 0 ? "" : moving > 0 ? "+" + moving : String.valueOf(moving);
    return from + "->" + to + " @" + frontier + direction;
  }
}
