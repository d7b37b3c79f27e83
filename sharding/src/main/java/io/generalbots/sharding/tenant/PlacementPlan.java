package io.generalbots.sharding.tenant;

import java.util.List;

/**
 * Where tenants that wait go.
 *
 * @param assignments those that get a shard now
 * @param newShards names of shards to add
 * @param unplaced those that do not get a shard now; ask again when a shard is ready
 */
public record PlacementPlan(
    List<Assignment> assignments, List<String> newShards, List<Unplaced> unplaced) {

  public PlacementPlan {
    assignments = List.copyOf(assignments);
    newShards = List.copyOf(newShards);
    unplaced = List.copyOf(unplaced);
  }
}
