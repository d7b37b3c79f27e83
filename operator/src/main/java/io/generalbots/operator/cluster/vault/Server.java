package io.generalbots.operator.cluster.vault;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.generalbots.operator.kernel.Objects;
import java.util.List;
import java.util.Optional;

/**
 * One pod of the vault.
 *
 * @param pod as the API server knows it
 */
record Server(Pod pod) {

  private static final String REVISION = "controller-revision-hash";

  String name() {
    return pod.getMetadata().getName();
  }

  int ordinal() {
    return Integer.parseInt(name().substring(name().lastIndexOf('-') + 1));
  }

  boolean isTerminating() {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  /** It has opened its data. */
  boolean isReady() {
    return !isTerminating()
        && status().stream()
            .flatMap(s -> s.getConditions().stream())
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  /** It answers, if only that it has not opened its data. */
  boolean isStarted() {
    return !isTerminating()
        && containers().stream().anyMatch(c -> Boolean.TRUE.equals(c.getStarted()));
  }

  boolean runs(String revision) {
    return revision.equals(Objects.labels(pod).get(REVISION));
  }

  /** Why a container does not run, as the kubelet puts it. */
  Optional<String> trouble() {
    return containers().stream()
        .flatMap(c -> Optional.ofNullable(c.getState()).stream())
        .flatMap(s -> Optional.ofNullable(s.getWaiting()).stream())
        .flatMap(w -> Optional.ofNullable(w.getReason()).stream())
        .map(reason -> name() + ": " + reason)
        .findFirst();
  }

  private List<ContainerStatus> containers() {
    return status().map(PodStatus::getContainerStatuses).orElse(List.of());
  }

  private Optional<PodStatus> status() {
    return Optional.ofNullable(pod.getStatus());
  }
}
