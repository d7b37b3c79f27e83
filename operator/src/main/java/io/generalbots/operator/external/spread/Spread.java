package io.generalbots.operator.external.spread;

import io.generalbots.operator.external.Sql;
import io.generalbots.sharding.hash.KeyHash;
import java.util.List;

/**
 * Tables that are spread over shards by a key.
 *
 * @param policy the name of the ShardPolicy
 * @param key the column that decides, in all tables
 * @param tables in the schema {@code public}
 * @param shards by their numbers, without a gap; the first is where the tables came from
 */
public record Spread(String policy, String key, List<String> tables, List<Shard> shards) {

  public Spread {
    tables = List.copyOf(tables);
    shards = List.copyOf(shards);
  }

  /** Held by writers together, and alone by who changes what they go by. */
  long lock() {
    return KeyHash.of("ShardPolicy " + policy);
  }

  /** The hash of a row's key, as there is an index of it. */
  String hash() {
    return "sharding.shard_hash(%s::text)".formatted(Sql.name(key));
  }
}
