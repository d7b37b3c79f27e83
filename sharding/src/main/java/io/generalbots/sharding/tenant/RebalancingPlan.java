package io.generalbots.sharding.tenant;

import io.generalbots.sharding.hash.PlanHash;
import java.util.List;
import java.util.stream.Stream;

/**
 * Moves that even out shards.
 *
 * @param moves in the order to do them: each finds room when those before it are done
 * @param overloaded names of shards that stay above their share: what is on them is pinned, or fits
 *     nowhere
 */
public record RebalancingPlan(List<TenantMove> moves, List<String> overloaded) {

  public RebalancingPlan {
    moves = List.copyOf(moves);
    overloaded = List.copyOf(overloaded);
  }

  /** Size of all that moves, in bytes. */
  public long bytes() {
    return moves.stream().mapToLong(TenantMove::bytes).sum();
  }

  /**
   * Short hash of what the plan does, for an approval. Sizes are not part of it, or nobody could
   * approve a plan whose data grows meanwhile.
   *
   * @param occasion tells apart plans that do the same at different times
   */
  public String hash(String occasion) {
    return PlanHash.of(
        Stream.concat(
                Stream.of(occasion),
                moves.stream().flatMap(m -> Stream.of(m.tenant(), m.from(), m.to())))
            .toList());
  }
}
