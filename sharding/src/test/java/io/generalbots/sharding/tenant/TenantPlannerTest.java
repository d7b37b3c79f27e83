package io.generalbots.sharding.tenant;

import static io.generalbots.sharding.tenant.Shards.asleep;
import static io.generalbots.sharding.tenant.Shards.pinned;
import static io.generalbots.sharding.tenant.Shards.shard;
import static io.generalbots.sharding.tenant.Shards.takingUpTo;
import static io.generalbots.sharding.tenant.Shards.tenant;
import static io.generalbots.sharding.tenant.Shards.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.generalbots.sharding.tenant.Unplaced.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where tenants that wait go. */
class TenantPlannerTest {

  private static final PlacementRules RULES = new PlacementRules(Placement.LEAST_TENANTS, 4, true);

  @Test
  void aTenantGoesWhereFewestAre() {
    var topology = Topology.of(List.of(shard(1, 9, 9), shard(2, 99), shard(3, 9, 9, 9)));
    assertThat(shardsOf(TenantPlanner.plan(topology, waiting(4), RULES)))
        .containsExactly("shard-2", "shard-1", "shard-2", "shard-1");
  }

  @Test
  void aTenantGoesWhereTheLeastDataIs() {
    var topology = Topology.of(List.of(shard(1, 9, 9), shard(2, 99), shard(3, 5, 5, 5)));
    var waiting = List.of(tenant("big", 70), tenant("small", 1), tenant("third", 1));
    assertThat(shardsOf(TenantPlanner.plan(topology, waiting, rules(Placement.LEAST_BYTES))))
        .containsExactly("shard-3", "shard-1", "shard-1");
  }

  @Test
  void aTenantOfUnknownSizeCountsAsTheMean() {
    var topology = Topology.of(List.of(shard(1, 10), shard(2, 11)));
    assertThat(shardsOf(TenantPlanner.plan(topology, waiting(3), rules(Placement.LEAST_BYTES))))
        .containsExactly("shard-1", "shard-2", "shard-1");
  }

  @Test
  void roundRobinGoesOnAfterTheLastAndCountsAsPeopleDo() {
    var shards = List.of(shard(10), shard(9), shard(2, 1, 1, 1, 1), shard(1));
    var topology = new Topology(shards, Set.of(), Optional.of("shard-9"));
    assertThat(shardsOf(TenantPlanner.plan(topology, waiting(4), rules(Placement.ROUND_ROBIN))))
        .containsExactly("shard-10", "shard-1", "shard-9", "shard-10");
  }

  @Test
  void whenAllAreFullShardsAreAddedAndTenantsWaitForThem() {
    var topology =
        new Topology(
            List.of(shard(1, 1, 1, 1, 1), shard(3, 1, 1, 1)), Set.of("shard-7"), Optional.empty());
    var plan = TenantPlanner.plan(topology, waiting(6), RULES);
    assertThat(shardsOf(plan)).containsExactly("shard-3");
    assertThat(plan.newShards()).containsExactly("shard-8", "shard-9");
    assertThat(plan.unplaced())
        .extracting(u -> u.shard().orElseThrow())
        .containsExactly("shard-8", "shard-8", "shard-8", "shard-8", "shard-9");
    assertThat(plan.unplaced().get(0).message())
        .isEqualTo("tenant new-2 waits for a new shard: shard-8");
  }

  @Test
  void theFirstShardIsMadeForTheFirstTenant() {
    assertThat(TenantPlanner.plan(Topology.of(List.of()), waiting(1), RULES).newShards())
        .containsExactly("shard-1");
    assertThat(TenantPlanner.plan(Topology.of(List.of()), List.of(), RULES).newShards()).isEmpty();
  }

  @Test
  void whileAShardIsComingNoOtherIsAddedForItsTenants() {
    var topology = Topology.of(List.of(shard(1, 1, 1, 1, 1), asleep(shard(2))));
    assertThat(TenantPlanner.plan(topology, waiting(4), RULES).newShards()).isEmpty();
    assertThat(TenantPlanner.plan(topology, waiting(5), RULES).newShards())
        .containsExactly("shard-3");
  }

  @Test
  void aShardThatIsDownIsNotWaitedFor() {
    var topology = Topology.of(List.of(asleep(shard(1, 1)), shard(2, 1, 1, 1, 1)));
    assertThat(TenantPlanner.plan(topology, waiting(1), RULES).newShards())
        .containsExactly("shard-3");
  }

  @Test
  void withoutAutoProvisionTenantsAreToldThatThereIsNoRoom() {
    var topology = Topology.of(List.of(takingUpTo(0, shard(1)), shard(2, 1, 1, 1, 1)));
    var plan =
        TenantPlanner.plan(
            topology, waiting(1), new PlacementRules(Placement.ROUND_ROBIN, 4, false));
    assertThat(plan)
        .isEqualTo(
            new PlacementPlan(
                List.of(),
                List.of(),
                List.of(new Unplaced("new-1", Reason.NO_ROOM, Optional.empty()))));
    assertThat(plan.unplaced().get(0).message())
        .isEqualTo(
            "tenant new-1 finds no shard with room:"
                + " raise maxTenantsPerShard, or let new shards be made");
  }

  @Test
  void thereAreNoMoreShardsThanTheStatusLists() {
    var shards = IntStream.rangeClosed(1, 255).mapToObj(i -> takingUpTo(0, shard(i))).toList();
    var plan = TenantPlanner.plan(Topology.of(shards), waiting(9), RULES);
    assertThat(plan.newShards()).containsExactly("shard-256");
    assertThat(plan.unplaced()).filteredOn(u -> u.reason() == Reason.NO_ROOM).hasSize(5);
  }

  @Test
  void pinsComeFirstAndAreKeptOrRefused() {
    var topology =
        Topology.of(List.of(shard(1, 1, 1, 1), asleep(shard(2, 1)), shard(3, 1, 1, 1, 1)));
    var waiting =
        List.of(
            tenant("any", 0),
            pinned("first", "shard-1"),
            pinned("late", "shard-1"),
            pinned("down", "shard-2"),
            pinned("full", "shard-3"),
            pinned("lost", "shard-4"));
    var plan = TenantPlanner.plan(topology, waiting, RULES);
    assertThat(plan.assignments()).containsExactly(new Assignment("first", "shard-1"));
    assertThat(plan.unplaced())
        .extracting(Unplaced::tenant, Unplaced::reason, u -> u.shard().orElseThrow())
        .containsExactly(
            tuple("late", Reason.SHARD_FULL, "shard-1"),
            tuple("down", Reason.SHARD_NOT_READY, "shard-2"),
            tuple("full", Reason.SHARD_FULL, "shard-3"),
            tuple("lost", Reason.SHARD_UNKNOWN, "shard-4"),
            tuple("any", Reason.SHARD_COMING, "shard-4"));
  }

  @Test
  void nobodyIsPlacedTwice() {
    var topology = Topology.of(List.of(shard(1, 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TenantPlanner.plan(topology, List.of(tenant("1a", 0)), RULES))
        .withMessage("there are two of tenant 1a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Topology.of(List.of(shard(1), shard(1))))
        .withMessage("there are two of shard shard-1");
  }

  private static PlacementRules rules(Placement placement) {
    return new PlacementRules(placement, 4, true);
  }

  private static List<String> shardsOf(PlacementPlan plan) {
    return plan.assignments().stream().map(Assignment::shard).toList();
  }
}
