package io.generalbots.sharding.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.sharding.Laws;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for every placement and every rebalancing. */
class TenantLawsTest {

  /** Any shards, tenants and rules. */
  private record Case(Topology topology, List<Tenant> waiting, PlacementRules rules) {

    static Case any(Random random) {
      var topology = Shards.any(random, 8, 12);
      var placements = List.of(Placement.values());
      var rules =
          new PlacementRules(
              placements.get(random.nextInt(3)), 1 + random.nextInt(15), random.nextBoolean());
      var waiting =
          IntStream.range(0, random.nextInt(40)).mapToObj(i -> anyWaiting(random, i)).toList();
      return new Case(topology, waiting, rules);
    }

    private static Tenant anyWaiting(Random random, int number) {
      var pin =
          Optional.of("shard-" + (1 + random.nextInt(12))).filter(p -> random.nextInt(5) == 0);
      return new Tenant("new-" + number, random.nextInt(3) * 100L, pin);
    }

    PlacementPlan plan() {
      return TenantPlanner.plan(topology, waiting, rules);
    }
  }

  @Test
  void everyTenantThatWaitsIsPlacedOrToldWhyNot() {
    Laws.hold(
        4_000,
        random -> {
          var any = Case.any(random);
          var plan = any.plan();
          var told = new ArrayList<String>();
          plan.assignments().forEach(a -> told.add(a.tenant()));
          plan.unplaced().forEach(u -> told.add(u.tenant()));
          assertThat(told)
              .containsExactlyInAnyOrderElementsOf(
                  any.waiting().stream().map(Tenant::name).toList());
        });
  }

  @Test
  void noShardGetsMoreThanItTakesAndOnlyThoseThatServeGetAny() {
    Laws.hold(
        4_000,
        random -> {
          var any = Case.any(random);
          var plan = any.plan();
          var after = Shards.after(any.topology(), plan, any.waiting());
          for (var shard : any.topology().shards()) {
            var got = plan.assignments().stream().filter(a -> a.shard().equals(shard.name()));
            assertThat(got.count())
                .isLessThanOrEqualTo(
                    shard.ready() ? shard.room(any.rules().maxTenantsPerShard()) : 0);
            var now = after.shards().stream().filter(s -> s.name().equals(shard.name()));
            assertThat(now.findFirst().orElseThrow().tenants()).containsAll(shard.tenants());
          }
          assertThat(plan.newShards())
              .doesNotHaveDuplicates()
              .noneMatch(any.topology().takenNames()::contains);
        });
  }

  @Test
  void nobodyIsUnplacedWhileAShardWithRoomServes() {
    Laws.hold(
        4_000,
        random -> {
          var any = Case.any(random);
          var plan = any.plan();
          var after = Shards.after(any.topology(), plan, any.waiting());
          var full =
              after.shards().stream()
                  .filter(s -> s.ready() && !plan.newShards().contains(s.name()))
                  .allMatch(s -> s.room(any.rules().maxTenantsPerShard()) == 0);
          assertThat(plan.unplaced()).allMatch(u -> full || isPinned(any, u.tenant()));
        });
  }

  private static boolean isPinned(Case any, String tenant) {
    return any.waiting().stream().anyMatch(t -> t.name().equals(tenant) && t.isPinned());
  }

  @Test
  void whoIsPinnedGetsThatShardOrNone() {
    Laws.hold(
        4_000,
        random -> {
          var any = Case.any(random);
          for (var assignment : any.plan().assignments()) {
            var tenant = any.waiting().stream().filter(t -> t.name().equals(assignment.tenant()));
            assertThat(tenant.findFirst().orElseThrow().pin().orElse(assignment.shard()))
                .isEqualTo(assignment.shard());
          }
        });
  }

  @Test
  void theOrderInWhichShardsAreListedDoesNotMatter() {
    Laws.hold(
        2_000,
        random -> {
          var any = Case.any(random);
          var shuffled = new ArrayList<>(any.topology().shards());
          Collections.shuffle(shuffled, random);
          var same = new Topology(shuffled, any.topology().retired(), any.topology().last());
          assertThat(TenantPlanner.plan(same, any.waiting(), any.rules())).isEqualTo(any.plan());
        });
  }

  /** When the shards that were asked for have come, all who wait without a pin find a place. */
  @Test
  void withAutoProvisionTwoRoundsAreEnough() {
    Laws.hold(
        2_000,
        random -> {
          var any = Case.any(random);
          var rules =
              new PlacementRules(any.rules().placement(), any.rules().maxTenantsPerShard(), true);
          var plan = TenantPlanner.plan(any.topology(), any.waiting(), rules);
          var after = come(Shards.after(any.topology(), plan, any.waiting()));
          var left =
              any.waiting().stream()
                  .filter(t -> plan.unplaced().stream().anyMatch(u -> u.tenant().equals(t.name())))
                  .filter(t -> !t.isPinned())
                  .toList();
          var next = TenantPlanner.plan(after, left, rules);
          assertThat(next.unplaced()).isEmpty();
          assertThat(next.newShards()).isEmpty();
        });
  }

  private static Topology come(Topology topology) {
    return new Topology(
        topology.shards().stream()
            .map(s -> s.isComing() ? new Shard(s.name(), true, s.capacity(), s.tenants()) : s)
            .toList(),
        topology.retired(),
        topology.last());
  }
}
