package io.generalbots.operator.cluster.media;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.servers.Hibernation;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Health;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the workers are: the first thing that is not as it should be, worst first.
 *
 * @param situation the workers
 * @param store where they hand on what they write
 */
record WorkersHealth(Situation situation, Component<BotCluster> store) {

  Health health() {
    if (situation.hibernates()) {
      return Hibernation.health(situation.pods().size());
    }
    return Stream.of(malformed(), withoutStore(), incomplete())
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> Health.ready(counted() + kept()))
        .counting(ready(), situation.spec().replicas());
  }

  /** Whether what workers write could be handed on, or never is. */
  boolean storeServes() {
    return !situation.hasStore() || store.health(situation.cluster(), situation.facts()).serves();
  }

  private Optional<Health> malformed() {
    return Pipeline.flaw(situation.pipeline())
        .map(
            flaw ->
                Health.refused(
                    "PipelineMalformed",
                    "media.gstreamer.pipeline: " + flaw + (ready() == 0 ? "" : runsOn())));
  }

  private static String runsOn() {
    return "; until then the former pipeline runs on";
  }

  private Optional<Health> withoutStore() {
    return situation.hasBegun() || storeServes()
        ? Optional.empty()
        : Optional.of(
            Health.waiting(
                "WaitingForStore",
                "waits for %s: %s"
                    .formatted(
                        store.name(),
                        store.health(situation.cluster(), situation.facts()).message())));
  }

  private Optional<Health> incomplete() {
    var ready = ready();
    if (ready == situation.spec().replicas()) {
      return Optional.empty();
    }
    var told = counted() + troubles();
    return Optional.of(
        ready == 0
            ? Health.waiting("NoWorkerReady", told)
            : Health.degraded("WorkersMissing", told));
  }

  private String counted() {
    return "%d of %d workers play".formatted(ready(), situation.spec().replicas());
  }

  private String kept() {
    return situation.hasStore()
        ? ""
        : "; what they write is handed on to nobody, as there is no object store";
  }

  private int ready() {
    return (int) situation.numbers().filter(n -> new Worker(situation, n).isReady()).count();
  }

  /** Workers play the same: what keeps several is told once. */
  private String troubles() {
    return situation
        .numbers()
        .boxed()
        .flatMap(n -> new Worker(situation, n).trouble().stream())
        .distinct()
        .map(trouble -> "; " + trouble)
        .collect(Collectors.joining());
  }
}
