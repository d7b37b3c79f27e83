package io.generalbots.sharding.tenant;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The shards of a policy.
 *
 * @param shards all there are, in any order
 * @param retired names of shards that are gone and may have left data behind: no new one gets them
 * @param last the shard that got a tenant last, for {@link Placement#ROUND_ROBIN}
 */
public record Topology(List<Shard> shards, Set<String> retired, Optional<String> last) {

  public Topology {
    checkOnce("shard", shards.stream().map(Shard::name));
    checkOnce("tenant", shards.stream().flatMap(s -> s.tenants().stream()).map(Tenant::name));
    shards = shards.stream().sorted(Comparator.comparing(Shard::name, ShardNames.ORDER)).toList();
    retired = Set.copyOf(retired);
  }

  /** One that has lost no shard, and remembers nothing. */
  public static Topology of(List<Shard> shards) {
    return new Topology(shards, Set.of(), Optional.empty());
  }

  /** Names that no new shard may have. */
  Set<String> takenNames() {
    var names = new HashSet<>(retired);
    shards.forEach(shard -> names.add(shard.name()));
    return names;
  }

  Stream<Tenant> tenants() {
    return shards.stream().flatMap(shard -> shard.tenants().stream());
  }

  static void checkOnce(String kind, Stream<String> names) {
    var seen = new HashSet<String>();
    names
        .filter(name -> !seen.add(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException("there are two of " + kind + " " + name);
            });
  }
}
