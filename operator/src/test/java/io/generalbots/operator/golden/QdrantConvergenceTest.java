package io.generalbots.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Qdrant ends where its spec says from wherever it starts, and no volume goes before it is empty.
 */
class QdrantConvergenceTest {

  private static final String ELSEWHERE =
      "postgres: {external: {address: 'postgres:5432', secretName: none}, pooler: {enabled: false}},"
          + " valkey: {external: {address: 'valkey:6379'}}";
  private static final String THREE =
      "{%s, qdrant: {enabled: true, replicas: 3}}".formatted(ELSEWHERE);
  private static final String ONE = "{qdrant: {replicas: 1, replicationFactor: 1}}";

  private static final Life RUNNING = Life.of(THREE).settle();

  @Test
  void threePeersComeUpWhereverTheOperatorEnds() {
    assertThat(RUNNING.names(Pod.class)).hasSize(3);
    endsTheSame(() -> Life.of(THREE));
  }

  @Test
  void twoOfThemGoWithTheirVolumesWhereverTheOperatorEnds() {
    var life = RUNNING.copy().wish(ONE).settle();
    assertThat(life.names(Pod.class)).containsExactly("demo-qdrant-0");
    assertThat(life.names(PersistentVolumeClaim.class)).containsExactly("data-demo-qdrant-0");
    endsTheSame(() -> RUNNING.copy().wish(ONE));
  }

  @Test
  void theSameThreeAreThereAfterASleep() {
    var life = RUNNING.copy().wish("{hibernate: true}").settle();
    assertThat(life.names(Pod.class)).isEmpty();
    assertThat(life.names(PersistentVolumeClaim.class)).hasSize(3);
    assertThat(life.wish("{hibernate: false}").settle().likeness()).isEqualTo(RUNNING.likeness());
  }

  @Test
  void whoFallsAsleepOnTheWayDownWakesUpAndGoesOn() {
    for (var rounds = 0; rounds < 12; rounds++) {
      var life = RUNNING.copy().wish(ONE);
      IntStream.range(0, rounds).forEach(i -> life.step());
      life.wish("{hibernate: true}").settle();
      life.wish("{hibernate: false}").settle();
      assertThat(life.names(Pod.class)).containsExactly("demo-qdrant-0");
    }
  }

  @Test
  void whoIsSentAwayAndWantedAgainComesBack() {
    for (var rounds = 0; rounds < 12; rounds++) {
      var life = RUNNING.copy().wish(ONE);
      IntStream.range(0, rounds).forEach(i -> life.step());
      life.wish("{qdrant: {replicas: 3, replicationFactor: 2}}").settle();
      assertThat(life.names(Pod.class)).hasSize(3);
      assertThat(life.names(PersistentVolumeClaim.class)).hasSize(3);
    }
  }

  @Test
  void volumesGrowUnderThePeers() {
    var life = RUNNING.copy().wish("{qdrant: {storage: {size: 90Gi}}}").settle();
    assertThat(life.all(PersistentVolumeClaim.class))
        .allSatisfy(
            c ->
                assertThat(c.getSpec().getResources().getRequests().get("storage"))
                    .hasToString("90Gi"));
  }

  @Test
  void switchedOffItLeavesItsVolumes() {
    var life = RUNNING.copy().wish("{qdrant: {enabled: false}}").settle();
    assertThat(life.names(Pod.class)).isEmpty();
    assertThat(life.names(PersistentVolumeClaim.class)).hasSize(3);
    life.wish("{qdrant: {enabled: true}}").settle();
    assertThat(life.likeness()).isEqualTo(RUNNING.likeness());
  }

  private static void endsTheSame(Supplier<Life> start) {
    var whole = start.get();
    var before = whole.writes();
    whole.settle();
    var writes = whole.writes() - before;
    assertThat(writes).isGreaterThan(5);
    for (var cut = 1; cut <= writes; cut++) {
      assertThat(start.get().cutAfter(cut).settle().likeness())
          .as("after an end after %d of %d writes", cut, writes)
          .isEqualTo(whole.likeness());
    }
  }
}
