package io.generalbots.sharding.tenant;

import static io.generalbots.sharding.tenant.Shards.MANY;
import static io.generalbots.sharding.tenant.Shards.asleep;
import static io.generalbots.sharding.tenant.Shards.pinned;
import static io.generalbots.sharding.tenant.Shards.shard;
import static io.generalbots.sharding.tenant.Shards.takingUpTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What evens out shards. */
class RebalancingTest {

  @Test
  void byTenantsTheSmallestMoveUntilNobodyHasMoreThanOneAboveTheMean() {
    var topology = Topology.of(List.of(shard(1, 50, 10, 40, 20, 30), shard(2, 1), shard(3)));
    assertThat(Rebalancing.byTenants(topology, MANY))
        .isEqualTo(
            new RebalancingPlan(
                List.of(
                    new TenantMove("1b", "shard-1", "shard-3", 10),
                    new TenantMove("1d", "shard-1", "shard-2", 20)),
                List.of()));
  }

  @Test
  void oneTenantAboveTheMeanIsNoReasonToMove() {
    var topology = Topology.of(List.of(shard(1, 1, 1, 1), shard(2, 1, 1), shard(3, 1)));
    assertThat(Rebalancing.byTenants(topology, MANY).moves()).isEmpty();
  }

  @Test
  void byBytesTheSmallestThatIsEnoughMoves() {
    var topology = Topology.of(List.of(shard(1, 60, 30, 25, 5), shard(2, 40), shard(3, 50)));
    assertThat(Rebalancing.byBytes(topology, MANY, 30))
        .isEqualTo(
            new RebalancingPlan(
                List.of(new TenantMove("1b", "shard-1", "shard-2", 30)), List.of()));
  }

  @Test
  void byBytesOneThatIsJustEnoughMovesAndNoneThatIsLarger() {
    var topology = Topology.of(List.of(shard(1, 35, 20, 25), shard(2, 10), shard(3, 30)));
    assertThat(Rebalancing.byBytes(topology, MANY, 50).moves())
        .containsExactly(new TenantMove("1b", "shard-1", "shard-2", 20));
  }

  @Test
  void aTenantLargerThanAShareStaysWhereItIs() {
    var topology = Topology.of(List.of(shard(1, 1000), shard(2, 1), shard(3, 1)));
    assertThat(Rebalancing.byBytes(topology, MANY, 20))
        .isEqualTo(new RebalancingPlan(List.of(), List.of("shard-1")));
  }

  @Test
  void whoIsPinnedStays() {
    var crowd =
        new Shard(
            "shard-1",
            true,
            MANY,
            List.of(
                pinned("a", "shard-1"),
                pinned("b", "shard-1"),
                pinned("c", "shard-1"),
                Shards.tenant("d", 7)));
    var topology = Topology.of(List.of(crowd, shard(2), shard(3)));
    assertThat(Rebalancing.byTenants(topology, MANY))
        .isEqualTo(
            new RebalancingPlan(
                List.of(new TenantMove("d", "shard-1", "shard-2", 7)), List.of("shard-1")));
  }

  @Test
  void aShardThatIsDownOrFullGetsNobody() {
    var crowd = shard(1, 1, 1, 1, 1, 1, 1);
    assertThat(Rebalancing.byTenants(Topology.of(List.of(crowd, asleep(shard(2)))), MANY).moves())
        .isEmpty();
    var full = Topology.of(List.of(crowd, takingUpTo(1, shard(2))));
    assertThat(Rebalancing.byTenants(full, MANY))
        .satisfies(plan -> assertThat(plan.moves()).hasSize(1))
        .satisfies(plan -> assertThat(plan.overloaded()).containsExactly("shard-1"));
    assertThat(Rebalancing.byTenants(Topology.of(List.of(crowd, shard(2))), 1).moves()).hasSize(1);
  }

  @Test
  void withoutShardsNothingMoves() {
    assertThat(Rebalancing.byTenants(Topology.of(List.of()), MANY).moves()).isEmpty();
    assertThat(Rebalancing.byBytes(Topology.of(List.of(asleep(shard(1, 9)))), MANY, 0).moves())
        .isEmpty();
  }

  @Test
  void largeSizesDoNotOverflow() {
    var half = Long.MAX_VALUE / 8;
    var topology = Topology.of(List.of(shard(1, half, half), shard(2)));
    assertThat(Rebalancing.byBytes(topology, MANY, 100).moves()).isEmpty();
    assertThat(Rebalancing.byBytes(topology, MANY, 99).moves()).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rebalancing.byBytes(topology, MANY, 101))
        .withMessage("the tolerance must be 0 to 100 percent: 101");
  }

  @Test
  void theHashIsOfTheMovesAndNotOfSizes() {
    var plan = Rebalancing.byTenants(Topology.of(List.of(shard(1, 1, 2, 3), shard(2))), MANY);
    var grown = Rebalancing.byTenants(Topology.of(List.of(shard(1, 5, 6, 7), shard(2))), MANY);
    assertThat(plan.hash("uid/1")).matches("[0-9a-f]{12}").isEqualTo(grown.hash("uid/1"));
    assertThat(plan.bytes()).isEqualTo(1);
    assertThat(grown.bytes()).isEqualTo(5);
    assertThat(plan.hash("uid/1"))
        .isNotEqualTo(plan.hash("uid/2"))
        .isNotEqualTo(new RebalancingPlan(List.of(), List.of()).hash("uid/1"));
  }
}
