package io.generalbots.operator.external.qdrant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever Qdrant does in between and wherever the operator ends, no shard is lost and the end is
 * the one that was wished.
 */
class CareTest {

  private static final int MOST_LOOKS = 2_000;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aPeerThatIsToGoLeavesNothingBehind(long seed) {
    var random = new Random(seed);
    var peers = 2 + random.nextInt(4);
    var factor = 1 + random.nextInt(peers);
    var model =
        new Model(random, peers)
            .having("kb", 1 + random.nextInt(8), factor)
            .having("web", 1 + random.nextInt(4), 1);
    settle(model, random, Wishes.of(peers - 1, 1));
    assertThat(model.peers()).isEqualTo(peers - 1);
    assertThat(model.fewestCopies()).isPositive();
    assertThat(model.isIndexed()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyShardGetsItsCopies(long seed) {
    var random = new Random(seed);
    var peers = 1 + random.nextInt(5);
    var copies = 1 + random.nextInt(peers);
    var model = new Model(random, peers).having("kb", 1 + random.nextInt(8), 1);
    settle(model, random, Wishes.of(peers, copies));
    assertThat(model.fewestCopies()).isEqualTo(copies);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aPeerWithANewVolumeComesInAndGetsCopiesAgain(long seed) {
    var random = new Random(seed);
    var model = new Model(random, 3).having("kb", 1 + random.nextInt(8), 2).losing(1);
    settle(model, random, Wishes.of(3, 2, Set.of(1)));
    assertThat(model.peers()).isEqualTo(3);
    assertThat(model.fewestCopies()).isEqualTo(2);
  }

  @Test
  void theOnlyCopyIsNotGivenUpEvenIfItsVolumeIsGone() {
    var only =
        new Collection("kb", 1, Set.of("content"), List.of(new Replica(0, 11, "Active")), Set.of());
    var sight = new Sight(Map.of(0, 10L, 2, 12L), List.of(three()), List.of(only));
    var verdict = new Care(sight, Wishes.of(3, 1, Set.of(1))).verdict();
    assertThat(verdict.actions()).isEmpty();
    assertThat(verdict.waiting())
        .containsExactly(
            "no whole copy is left of shard 0 of kb: restore it from a snapshot, or drop it");
  }

  @Test
  void aCopyIsNotDroppedWhileTheOthersAreNotWhole() {
    var replicas = List.of(new Replica(0, 10, "Dead"), new Replica(0, 12, "Active"));
    var sight = sight(new Collection("kb", 2, Set.of("content"), replicas, Set.of()));
    var verdict = new Care(sight, Wishes.of(2, 1)).verdict();
    assertThat(verdict.actions()).isEmpty();
    assertThat(verdict.waiting()).containsExactly("a copy of shard 0 of kb is being made");
  }

  @Test
  void nothingIsDoneWhileAPeerThatStaysIsMissing() {
    var sight = new Sight(Map.of(0, 10L), List.of(three()), List.of());
    assertThat(new Care(sight, Wishes.of(2, 1)).verdict().waiting())
        .containsExactly("not in the cluster yet: peer 1");
  }

  /** A server that has lost its way may name others under our numbers. */
  @Test
  void nothingIsDoneWhileThePeersDisagree() {
    var two = List.of(new Peer(10, 0), new Peer(11, 1));
    var sight = new Sight(Map.of(0, 10L, 1, 11L), List.of(three(), two), List.of());
    assertThat(new Care(sight, Wishes.of(2, 1)).verdict().waiting())
        .containsExactly("the peers do not agree yet on who is in the cluster");
  }

  @Test
  void aPeerThatIsNoneOfOursIsLeftAlone() {
    var members = List.of(new Peer(9, -1), new Peer(10, 0));
    var sight = new Sight(Map.of(0, 10L), List.of(members), List.of());
    assertThat(new Care(sight, Wishes.of(1, 1)).verdict().actions()).isEmpty();
  }

  @Test
  void copiesGoWhereTheFewestAre() {
    var replicas =
        List.of(
            new Replica(0, 10, "Active"),
            new Replica(1, 10, "Active"),
            new Replica(2, 12, "Active"));
    var sight = sight(new Collection("kb", 1, Set.of("content"), replicas, Set.of()));
    assertThat(new Care(sight, Wishes.of(2, 1)).verdict().actions())
        .containsExactly(new Action.Move("kb", 2, 12, 11));
  }

  @Test
  void addressesNamePods() {
    assertThat(Reading.ordinal("http://demo-qdrant-2.demo-qdrant-headless.b.svc.x:6335/"))
        .isEqualTo(2);
    assertThat(Reading.ordinal("https://demo-qdrant-11:6335/")).isEqualTo(11);
    assertThat(Reading.ordinal("http://127.0.0.1:16350/")).isNegative();
  }

  /** Looks and asks until nothing is left, with an operator that ends wherever it likes. */
  private static void settle(Model model, Random random, Tending wish) {
    for (var look = 0; look < MOST_LOOKS; look++) {
      var verdict = new Care(model.look(), wish).verdict();
      if (verdict.isDone()) {
        return;
      }
      var actions = new ArrayList<>(verdict.actions());
      Collections.shuffle(actions, random);
      actions.stream().limit(random.nextInt(actions.size() + 1)).forEach(a -> ask(model, a));
      model.pass(wish.peers().count());
    }
    throw new AssertionError("not done after %d looks: %s".formatted(MOST_LOOKS, model.look()));
  }

  private static void ask(Model model, Action action) {
    try {
      model.ask(action);
    } catch (Refusal e) {
      // The next look decides anew, as it does after an answer that never came.
      assertThat(e).hasMessageMatching("(Shard|Cannot remove peer) .*");
    }
  }

  private static Sight sight(Collection collection) {
    return new Sight(Map.of(0, 10L, 1, 11L), List.of(three()), List.of(collection));
  }

  private static List<Peer> three() {
    return List.of(new Peer(10, 0), new Peer(11, 1), new Peer(12, 2));
  }
}
