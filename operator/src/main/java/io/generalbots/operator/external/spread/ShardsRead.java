package io.generalbots.operator.external.spread;

import io.generalbots.operator.kernel.Reading;
import java.util.List;

/**
 * All shards of a policy.
 *
 * @param candidates tables of the first shard that may be spread
 * @param shards by their numbers, without a gap
 */
public record ShardsRead(List<Candidate> candidates, List<ShardSeen> shards) implements Reading {
  public ShardsRead {
    candidates = List.copyOf(candidates);
    shards = List.copyOf(shards);
  }
}
