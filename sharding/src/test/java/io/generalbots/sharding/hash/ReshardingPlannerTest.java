package io.generalbots.sharding.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.generalbots.sharding.Laws;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a resharding would move. */
class ReshardingPlannerTest {

  private static final Load LOAD = new Load(1_000_000, 80_000_000_000L);

  @Test
  void growthFromFourToFiveMovesAFifthToTheNewShard() {
    var plan = plan(HashFunction.CONSISTENT_HASH, 4, 5);
    assertThat(plan.moves())
        .containsExactlyElementsOf(
            IntStream.range(0, 4)
                .mapToObj(s -> new ReshardingMove(s, 4, new Load(200_000, 16_000_000_000L)))
                .toList());
    assertThat(plan.expected()).isEqualTo(new Load(800_000, 64_000_000_000L));
  }

  @Test
  void shrinkingMovesWhatIsOnShardsThatGo() {
    var plan = plan(HashFunction.CONSISTENT_HASH, 6, 4);
    assertThat(plan.moves()).hasSize(8).allMatch(m -> m.from() >= 4 && m.to() < 4);
    assertThat(plan.expected()).isEqualTo(new Load(2_000_000, 160_000_000_000L));
  }

  @Test
  void moduloMovesNearlyEverything() {
    assertThat(plan(HashFunction.MODULO, 4, 5).expected().keys()).isEqualTo(3_200_000);
    assertThat(plan(HashFunction.MODULO, 4, 8).moves())
        .extracting(m -> m.to() - m.from())
        .containsExactly(4, 4, 4, 4);
  }

  @Test
  void theSameCountMovesNothing() {
    for (var function : HashFunction.values()) {
      assertThat(plan(function, 4, 4).moves()).isEmpty();
    }
  }

  @Test
  void countsThatCannotBeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(HashFunction.MODULO, 0, 4))
        .withMessageContaining("not 0");
    assertThatIllegalArgumentException().isThrownBy(() -> plan(HashFunction.MODULO, 4, 257));
    assertThatIllegalArgumentException().isThrownBy(() -> new Load(-1, 0));
  }

  @Test
  void theHashIsOfWhatIsDoneAndNotOfWhatWasMeasured() {
    var plan = plan(HashFunction.CONSISTENT_HASH, 4, 5);
    var later = ReshardingPlanner.plan(plan.function(), Collections.nCopies(4, new Load(9, 9)), 5);
    assertThat(plan.hash("uid/7")).matches("[0-9a-f]{12}").isEqualTo(later.hash("uid/7"));
    assertThat(plan.hash("uid/7"))
        .isNotEqualTo(plan.hash("uid/8"))
        .isNotEqualTo(plan(HashFunction.CONSISTENT_HASH, 4, 6).hash("uid/7"))
        .isNotEqualTo(plan(HashFunction.MODULO, 4, 5).hash("uid/7"))
        .isNotEqualTo(plan(HashFunction.CONSISTENT_HASH, 5, 4).hash("uid/7"));
  }

  /** It is written into annotations: another one would void approvals at an upgrade. */
  @Test
  void theHashOfAPlanStaysAsItIs() {
    assertThat(PlanHash.of(List.of("a", "b"))).isEqualTo("741ec24e4655");
    assertThat(PlanHash.of(List.of("a\n1:b"))).isNotEqualTo(PlanHash.of(List.of("a", "b")));
  }

  @Test
  void partsAddUpToTheWholeAndAreEqual() {
    Laws.hold(
        2_000,
        random -> {
          var whole = new Load(random.nextLong() >>> 1, random.nextInt(1000));
          var parts = 1 + random.nextInt(HashFunction.MAX_COUNT);
          var all = IntStream.range(0, parts).mapToObj(i -> whole.part(i, parts)).toList();
          assertThat(all.stream().mapToLong(Load::keys).sum()).isEqualTo(whole.keys());
          assertThat(all.stream().mapToLong(Load::bytes).sum()).isEqualTo(whole.bytes());
          assertThat(all)
              .allMatch(p -> Math.abs(p.keys() - whole.keys() / parts) <= 1)
              .allMatch(p -> Math.abs(p.bytes() - whole.bytes() / parts) <= 1);
        });
  }

  /** Five times the usual error of a count leaves no room for a wrong formula. */
  @Test
  void whatIsExpectedIsWhatTheFunctionsDo() {
    Laws.hold(
        300,
        random -> {
          var plan = anyPlan(random, 1 + random.nextInt(20), 1 + random.nextInt(20));
          var counted = new int[20][20];
          random
              .longs(20_000)
              .forEach(
                  hash ->
                      counted[plan.function().shardOf(hash, plan.from())][
                          plan.function().shardOf(hash, plan.to())]++);
          for (var move : plan.moves()) {
            var expected = (double) move.expected().keys();
            assertThat((double) counted[move.from()][move.to()])
                .isCloseTo(expected, within(5.5 * Math.sqrt(expected + 1) + 1));
            counted[move.from()][move.to()] = 0;
          }
          for (var from = 0; from < 20; from++) {
            for (var to = 0; to < 20; to++) {
              assertThat(from == to || counted[from][to] == 0).isTrue();
            }
          }
        });
  }

  private static ReshardingPlan anyPlan(Random random, int from, int to) {
    var functions = HashFunction.values();
    var each = new Load(20_000 / from, 0);
    return ReshardingPlanner.plan(
        functions[random.nextInt(functions.length)], Collections.nCopies(from, each), to);
  }

  private static ReshardingPlan plan(HashFunction function, int from, int to) {
    return ReshardingPlanner.plan(function, Collections.nCopies(from, LOAD), to);
  }
}
