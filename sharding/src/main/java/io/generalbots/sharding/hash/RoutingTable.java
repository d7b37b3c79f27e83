package io.generalbots.sharding.hash;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * All there is to know to find the shard of any key, on one line.
 *
 * <table>
 * <caption>Lines</caption>
 * <tr><td>{@code v1 ConsistentHash 4}<td>four shards
 * <tr><td>{@code v1 ConsistentHash 4->5 @17}<td>a fifth comes; 17 of 256 ranges have moved
 * <tr><td>{@code v1 ConsistentHash 4->5 @17+2}<td>ranges 17 and 18 are being copied as well
 * <tr><td>{@code v1 ConsistentHash 4->5 @17-2}<td>ranges 15 and 16 are being copied back
 * </table>
 *
 * @param function chooses the shard
 * @param count shards there are; with a resharding, those there were before it
 * @param resharding if the count changes
 */
public record RoutingTable(HashFunction function, int count, Optional<Resharding> resharding) {

  private static final String NUMBER = "(0|[1-9][0-9]{0,2})";

  private static final Pattern LINE =
      Pattern.compile(
          ("v" + NUMBER + " ([A-Za-z]{1,40}) " + NUMBER)
              + ("(?:->" + NUMBER + " @" + NUMBER + "([+-][1-9][0-9]{0,2})?)?"));

  public RoutingTable {
    HashFunction.checkedCount(count);
    var before = count;
    resharding.ifPresent(r -> checkStart(before, r));
  }

  /** So many shards, and nothing moves. */
  public static RoutingTable of(HashFunction function, int count) {
    return new RoutingTable(function, count, Optional.empty());
  }

  /**
   * The table of a line.
   *
   * @throws IllegalArgumentException if it is not exactly as {@link #toString} writes it
   */
  public static RoutingTable parse(String line) {
    var match = LINE.matcher(line);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "a routing table reads like: v1 ConsistentHash 4->5 @17+1; not: " + line);
    }
    if (number(match, 1) != HashFunction.VERSION) {
      throw new IllegalArgumentException(
          "only version " + HashFunction.VERSION + " is known here, not: " + line);
    }
    return read(match);
  }

  /** Where a key is, given in its {@link KeyType canonical text}. */
  public Route routeOf(String key) {
    return routeOf(KeyHash.of(key));
  }

  /** Where the keys of a hash are. */
  public Route routeOf(long hash) {
    var before = function.shardOf(hash, count);
    return resharding
        .map(r -> r.routeOf(KeyRange.of(hash), before, function.shardOf(hash, r.to())))
        .orElseGet(() -> Route.settled(before));
  }

  /** Shards that have keys, or are to have some once the resharding is done. */
  public int shards() {
    return Math.max(count, resharding.map(Resharding::to).orElse(count));
  }

  /** The same with this resharding at this point. */
  public RoutingTable with(Resharding now) {
    return new RoutingTable(function, count, Optional.of(now));
  }

  /**
   * The same without its resharding, which has come to its end or back to its start.
   *
   * @throws IllegalStateException if it is between the two: keys would be looked for in the wrong
   *     place
   */
  public RoutingTable finish() {
    var end =
        resharding
            .filter(r -> r.isDone() || r.isUndone())
            .orElseThrow(() -> new IllegalStateException("nothing has come to its end: " + this));
    return of(function, end.isDone() ? end.to() : end.from());
  }

  /** The line that {@link #parse} reads. */
  @Override
  public String toString() {
    var shards = resharding.map(Resharding::toString).orElse(String.valueOf(count));
    return "v" + HashFunction.VERSION + " " + function.label() + " " + shards;
  }

  private static RoutingTable read(MatchResult match) {
    var count = number(match, 3);
    var resharding =
        Optional.ofNullable(match.group(4))
            .map(to -> new Resharding(count, number(match, 4), number(match, 5), moving(match)));
    return new RoutingTable(HashFunction.labelled(match.group(2)), count, resharding);
  }

  private static int moving(MatchResult match) {
    return Optional.ofNullable(match.group(6)).map(Integer::parseInt).orElse(0);
  }

  private static int number(MatchResult match, int group) {
    return Integer.parseInt(match.group(group));
  }

  private static void checkStart(int count, Resharding resharding) {
    if (resharding.from() != count) {
      throw new IllegalArgumentException(
          "there are " + count + " shards, and the resharding starts at " + resharding.from());
    }
  }
}
