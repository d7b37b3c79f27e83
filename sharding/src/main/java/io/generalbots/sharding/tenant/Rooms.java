package io.generalbots.sharding.tenant;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The rooms of all shards that serve, in order, while tenants are placed.
 *
 * @param rooms one for each shard
 * @param last the shard that got a tenant last
 */
record Rooms(List<Room> rooms, Optional<String> last) {

  static Rooms of(Topology topology, int maxTenants) {
    return new Rooms(
        topology.shards().stream()
            .filter(Shard::ready)
            .map(shard -> Room.of(shard, maxTenants))
            .toList(),
        topology.last());
  }

  Optional<Room> named(String shard) {
    return rooms.stream().filter(room -> room.shard().equals(shard)).findFirst();
  }

  /** The room that comes next by the placement; empty if all are full. O(shards). */
  Optional<Room> next(Placement placement) {
    var open = rooms.stream().filter(room -> room.free() > 0);
    return switch (placement) {
      case LEAST_TENANTS -> open.min(Comparator.comparingInt(Room::tenants));
      case LEAST_BYTES ->
          open.min(Comparator.comparingLong(Room::bytes).thenComparingInt(Room::tenants));
      case ROUND_ROBIN -> open.min(Comparator.comparing(this::comesRound));
    };
  }

  Rooms taking(Room room, long bytes) {
    return new Rooms(
        rooms.stream().map(r -> r.equals(room) ? r.taking(bytes) : r).toList(),
        Optional.of(room.shard()));
  }

  /** Whether it is its turn only after all behind the last one had theirs. */
  private boolean comesRound(Room room) {
    Predicate<String> isBehind = before -> ShardNames.ORDER.compare(room.shard(), before) > 0;
    return !last.map(isBehind::test).orElse(true);
  }
}
