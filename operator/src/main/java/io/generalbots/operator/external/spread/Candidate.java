package io.generalbots.operator.external.spread;

import java.util.List;
import java.util.Optional;

/**
 * A table that may be spread, as the first shard describes it.
 *
 * @param name its name
 * @param keyType what its key is, as PostgreSQL calls it; empty where there is no such column
 * @param refusal why it cannot be spread; empty where it can
 * @param policy the ShardPolicy that it is spread by already
 */
public record Candidate(
    String name, Optional<String> keyType, List<String> refusal, Optional<String> policy) {

  public Candidate {
    refusal = List.copyOf(refusal);
  }
}
