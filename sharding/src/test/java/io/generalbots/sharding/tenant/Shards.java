package io.generalbots.sharding.tenant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Shards and tenants for tests. */
final class Shards {

  /** More than any test has. */
  static final int MANY = 1_000;

  private Shards() {}

  /** One that serves, with tenants of these sizes: shard-2 has 2a, 2b and so on. */
  static Shard shard(int number, long... bytes) {
    var tenants =
        IntStream.range(0, bytes.length)
            .mapToObj(i -> tenant(number + String.valueOf((char) ('a' + i)), bytes[i]))
            .toList();
    return new Shard("shard-" + number, true, MANY, tenants);
  }

  static Shard asleep(Shard shard) {
    return new Shard(shard.name(), false, shard.capacity(), shard.tenants());
  }

  static Shard takingUpTo(int capacity, Shard shard) {
    return new Shard(shard.name(), shard.ready(), capacity, shard.tenants());
  }

  static Tenant tenant(String name, long bytes) {
    return new Tenant(name, bytes, Optional.empty());
  }

  static Tenant pinned(String name, String shard) {
    return new Tenant(name, 0, Optional.of(shard));
  }

  static List<Tenant> waiting(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> tenant("new-" + i, 0)).toList();
  }

  /** Any shards: some asleep, some closed, some pinned to, sizes as uneven as they are in life. */
  static Topology any(Random random, int maxShards, int maxTenants) {
    var shards = new ArrayList<Shard>();
    var count = random.nextInt(maxShards + 1);
    for (var number = 1; number <= count; number++) {
      var name = "shard-" + (number + random.nextInt(2) * 100);
      var tenants =
          IntStream.range(0, random.nextInt(maxTenants + 1))
              .mapToObj(i -> anyTenant(random, name + "-" + i, name))
              .toList();
      var capacity = random.nextInt(4) == 0 ? random.nextInt(maxTenants + 1) : MANY;
      shards.add(new Shard(name, random.nextInt(5) > 0, capacity, tenants));
    }
    var retired = random.nextBoolean() ? Set.of("shard-" + random.nextInt(200)) : Set.<String>of();
    var last = shards.stream().map(Shard::name).filter(name -> random.nextInt(3) == 0).findFirst();
    return new Topology(shards, retired, last);
  }

  private static Tenant anyTenant(Random random, String name, String shard) {
    var pin = random.nextInt(5) == 0 ? Optional.of(shard) : Optional.<String>empty();
    return new Tenant(name, (long) Math.exp(random.nextDouble() * 12) - 1, pin);
  }

  /** The topology when tenants are on the shards they were given, or moved to. */
  static Topology after(Topology topology, Stream<TenantMove> moves) {
    var shards = new ArrayList<>(topology.shards());
    moves.forEach(
        move -> {
          var tenant = topology.tenants().filter(t -> t.name().equals(move.tenant())).findFirst();
          change(shards, move.from(), shard -> shard.without(tenant.orElseThrow()));
          change(shards, move.to(), shard -> shard.with(tenant.orElseThrow()));
        });
    return new Topology(shards, topology.retired(), topology.last());
  }

  static Topology after(Topology topology, PlacementPlan plan, List<Tenant> waiting) {
    var shards = new ArrayList<>(topology.shards());
    for (var assignment : plan.assignments()) {
      var tenant = waiting.stream().filter(t -> t.name().equals(assignment.tenant())).findFirst();
      change(shards, assignment.shard(), shard -> shard.with(tenant.orElseThrow()));
    }
    plan.newShards().forEach(name -> shards.add(new Shard(name, true, MANY, List.of())));
    return new Topology(shards, topology.retired(), topology.last());
  }

  private static void change(List<Shard> shards, String name, UnaryOperator<Shard> change) {
    shards.replaceAll(shard -> shard.name().equals(name) ? change.apply(shard) : shard);
  }
}
