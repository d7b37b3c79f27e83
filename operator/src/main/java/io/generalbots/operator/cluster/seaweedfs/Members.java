package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.generalbots.operator.kernel.Objects;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The pods of one role.
 *
 * @param all every pod there is
 */
record Members(List<Pod> all) {

  /** The label by which a StatefulSet says what a pod runs. */
  private static final String REVISION = "controller-revision-hash";

  Members {
    all = List.copyOf(all);
  }

  static Members of(List<Pod> pods) {
    return new Members(pods);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  int ready() {
    return (int) all.stream().filter(Members::isReady).count();
  }

  /**
   * Pods of an old revision that do not serve: a StatefulSet waits for them for ever, even when the
   * cause is long reverted.
   */
  List<Pod> stuck(String revision) {
    return all.stream()
        .filter(p -> !revision.equals(Objects.labels(p).get(REVISION)))
        .filter(p -> !isReady(p) && p.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  /** Whether all run what is wished now. */
  boolean run(String revision) {
    return all.stream().allMatch(p -> revision.equals(Objects.labels(p).get(REVISION)));
  }

  /** What keeps pods from serving, each with its name; empty when all serve. */
  String troubles() {
    return all.stream()
        .filter(p -> !isReady(p))
        .map(p -> "; " + p.getMetadata().getName() + ": " + trouble(p))
        .collect(Collectors.joining());
  }

  static int ordinal(Pod pod) {
    var name = pod.getMetadata().getName();
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }

  static boolean isReady(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && status(pod).stream()
            .flatMap(s -> s.getConditions().stream())
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private static String trouble(Pod pod) {
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      return "stopping";
    }
    return waiting(pod).or(() -> unschedulable(pod)).orElse("not in service yet");
  }

  private static Optional<String> waiting(Pod pod) {
    return status(pod).stream()
        .flatMap(s -> s.getContainerStatuses().stream())
        .flatMap(c -> Optional.ofNullable(c.getState()).stream())
        .flatMap(s -> Optional.ofNullable(s.getWaiting()).stream())
        .flatMap(w -> Optional.ofNullable(w.getReason()).stream())
        .findFirst();
  }

  private static Optional<String> unschedulable(Pod pod) {
    return status(pod).stream()
        .flatMap(s -> s.getConditions().stream())
        .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
        .map(c -> c.getReason() + ": " + c.getMessage())
        .findFirst();
  }

  private static Optional<PodStatus> status(Pod pod) {
    return Optional.ofNullable(pod.getStatus());
  }
}
