package io.generalbots.operator.cluster.botserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.generalbots.api.v1alpha1.cluster.BotServerInstance;
import io.generalbots.api.v1alpha1.cluster.BotServerStage;
import io.generalbots.operator.cluster.scaling.Load;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which bot servers go, and in which order things happen. */
@Tag("REQ-SCALE-2")
class DeparturesTest {

  private static final String NAMES = "abcdef";

  /** Deployment asks for as many as there are pods; the spec for so many. */
  private static Departures departures(int wished, Pod[] pods, Map<String, Long> open) {
    var given = Given.spec("botserver: {replicas: %d}".formatted(wished)).having(pods);
    var live =
        new DeploymentBuilder(given.deployment().orElseThrow())
            .editSpec()
            .withReplicas(asked(pods))
            .endSpec()
            .build();
    var facts = looked(given.having(live).facts(), open);
    var site = new ClusterSite(given.cluster(), facts).site();
    return new Departures(new Situation(site, facts));
  }

  private static int asked(Pod[] pods) {
    return (int)
        Arrays.stream(pods).filter(p -> p.getMetadata().getDeletionTimestamp() == null).count();
  }

  private static Facts looked(Facts facts, Map<String, Long> open) {
    var load = new Load(Instant.EPOCH, List.of(), open, Map.of(), Optional.empty());
    return facts.in(new Surroundings(List.of(), Set.of(), Optional.empty(), Set.of(load)));
  }

  private static Pod[] pods(int number) {
    return IntStream.range(0, number).mapToObj(i -> pod(i, true)).toArray(Pod[]::new);
  }

  private static Pod pod(int number, boolean ready) {
    return new PodBuilder(Given.pod(NAMES.substring(number, number + 1), Given.IMAGE, ready))
        .editStatus()
        .withPodIP("10.0.0." + number)
        .addNewContainerStatus()
        .withName("botserver")
        .withNewState()
        .withNewRunning()
        .endRunning()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static Pod marked(Pod pod) {
    return new PodBuilder(pod)
        .editMetadata()
        .addToLabels(Labels.STAGE, "Draining")
        .addToAnnotations(Departures.FIRST)
        .endMetadata()
        .build();
  }

  private static Pod terminating(Pod pod) {
    return new PodBuilder(pod)
        .editMetadata()
        .withDeletionTimestamp("2026-01-01T00:00:00Z")
        .endMetadata()
        .build();
  }

  private static List<String> leaving(Departures departures) {
    return departures.situation().pods().stream()
        .filter(departures.leaving()::contains)
        .map(p -> p.getMetadata().getName())
        .toList();
  }

  private static Pod[] with(Pod[] pods, int number, UnaryOperator<Pod> change) {
    var changed = pods.clone();
    changed[number] = change.apply(pods[number]);
    return changed;
  }

  @Test
  void thoseWithTheFewestOpenConnectionsGo() {
    var open = Map.of("10.0.0.0:8080", 9L, "10.0.0.1:8080", 2L, "10.0.0.2:8080", 5L);
    assertThat(leaving(departures(2, pods(3), open))).containsExactly("b");
    assertThat(leaving(departures(1, pods(3), open))).containsExactly("b", "c");
  }

  @Test
  void nobodyGoesBeforeItIsMarked() {
    var unmarked = departures(2, pods(3), Map.of());
    assertThat(unmarked.replicas()).isEqualTo(3);
    var marked = departures(2, with(pods(3), 0, DeparturesTest::marked), Map.of());
    assertThat(marked.replicas()).isEqualTo(2);
  }

  @Test
  void whoIsMarkedIsNotExchangedForAnother() {
    var open = Map.of("10.0.0.0:8080", 9L);
    assertThat(leaving(departures(2, with(pods(3), 0, DeparturesTest::marked), open)))
        .containsExactly("a");
  }

  @Test
  void whoDoesNotServeGoesFirstAsKubernetesWouldHaveIt() {
    var pods = with(pods(3), 2, pod -> pod(2, false));
    assertThat(leaving(departures(2, pods, Map.of("10.0.0.2:8080", 9L)))).containsExactly("c");
  }

  @Test
  void whoIsToStayAfterAllIsNoLongerMarked() {
    assertThat(leaving(departures(3, with(pods(3), 0, DeparturesTest::marked), Map.of())))
        .isEmpty();
  }

  @Test
  void whoIsGoingAlreadyIsNotCountedTwice() {
    var pods = with(pods(3), 0, pod -> terminating(marked(pod)));
    assertThat(leaving(departures(2, pods, Map.of()))).isEmpty();
    assertThat(departures(2, pods, Map.of()).replicas()).isEqualTo(2);
  }

  @Test
  void whoSleepsGoesAtOnce() {
    assertThat(departures(0, pods(3), Map.of()).replicas()).isZero();
    assertThat(leaving(departures(0, pods(3), Map.of()))).isEmpty();
  }

  @Test
  void eachPodCarriesItsStage() {
    var created = new PodBuilder(Given.pod("e", Given.IMAGE, false)).build();
    var configured =
        new PodBuilder(Given.pod("f", Given.IMAGE, false))
            .editSpec()
            .withNodeName("node")
            .endSpec()
            .build();
    var all = new ArrayList<>(List.of(pods(2)));
    all.add(pod(2, false));
    all.add(terminating(pod(3, true)));
    all.add(terminating(Given.pod("ended", Given.IMAGE, false)));
    all.add(created);
    all.add(configured);
    var stages =
        new Stages(departures(5, all.toArray(Pod[]::new), Map.of()).situation())
            .told().stream().map(BotServerInstance::stage).toList();
    assertThat(stages)
        .containsExactly(
            BotServerStage.READY,
            BotServerStage.READY,
            BotServerStage.STARTING,
            BotServerStage.DRAINING,
            BotServerStage.CREATING,
            BotServerStage.STOPPING,
            BotServerStage.CONFIGURING);
  }

  @Test
  void theMarksAreWrittenOnThePods() {
    var wishes =
        new Stages(departures(1, pods(2), Map.of("10.0.0.0:8080", 1L)).situation()).wishes();
    assertThat(wishes).allMatch(Wish.Amend.class::isInstance);
    var marks = wishes.stream().flatMap(w -> Wishes.object(w).stream()).toList();
    assertThat(marks)
        .extracting(o -> Objects.labels(o).get(Labels.STAGE))
        .containsExactly("Ready", "Draining");
    assertThat(Objects.annotations(marks.get(0))).isEmpty();
    assertThat(Objects.annotations(marks.get(1))).isEqualTo(Departures.FIRST);
  }
}
