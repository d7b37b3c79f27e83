package io.generalbots.sharding.hash;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a change of the number of shards would move, before anything moves.
 *
 * @param function chooses shards
 * @param from shards there are
 * @param to shards there will be
 * @param moves in order of their shards
 */
public record ReshardingPlan(HashFunction function, int from, int to, List<ReshardingMove> moves) {

  public ReshardingPlan {
    moves = List.copyOf(moves);
  }

  /** Expected keys and bytes of all moves. */
  public Load expected() {
    return new Load(sum(Load::keys), sum(Load::bytes));
  }

  /**
   * Short hash of what the plan does, for an approval. What was measured is not part of it, or
   * nobody could approve a plan whose data grows meanwhile.
   *
   * @param occasion tells apart plans that do the same at different times, so that an approval is
   *     good for one of them: for instance uid and generation of the policy
   */
  public String hash(String occasion) {
    var head = "v" + HashFunction.VERSION + " " + function.label() + " " + from + "->" + to;
    return PlanHash.of(
        Stream.concat(Stream.of(occasion, head), moves.stream().map(m -> m.from() + "->" + m.to()))
            .toList());
  }

  private long sum(ToLongFunction<Load> part) {
    return moves.stream().map(ReshardingMove::expected).mapToLong(part).sum();
  }
}
