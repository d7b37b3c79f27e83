package io.generalbots.operator.cluster.servers;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Optional;

/**
 * What the API server says of a pod.
 *
 * @param pod as the API server knows it
 */
public record PodState(Pod pod) {

  /** Whether it is on its way out. */
  public boolean isTerminating() {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  /** Whether it serves, and will go on to. */
  public boolean isReady() {
    return !isTerminating()
        && status().stream()
            .flatMap(s -> s.getConditions().stream())
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  /** Why it is not ready, as the scheduler or the kubelet put it. */
  public Optional<String> trouble() {
    if (isReady()) {
      return Optional.empty();
    }
    return Optional.of(
        isTerminating()
            ? "stopping"
            : waiting().or(this::unschedulable).or(this::ended).orElse("not in service yet"));
  }

  private Optional<String> waiting() {
    return containers().stream()
        .flatMap(c -> Optional.ofNullable(c.getState()).stream())
        .flatMap(s -> Optional.ofNullable(s.getWaiting()).stream())
        .flatMap(w -> Optional.ofNullable(w.getReason()).stream())
        .findFirst();
  }

  private Optional<String> ended() {
    return containers().stream()
        .flatMap(c -> Optional.ofNullable(c.getLastState()).stream())
        .flatMap(s -> Optional.ofNullable(s.getTerminated()).stream())
        .flatMap(t -> Optional.ofNullable(t.getReason()).stream())
        .findFirst();
  }

  private Optional<String> unschedulable() {
    return status().stream()
        .flatMap(s -> s.getConditions().stream())
        .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
        .map(c -> c.getReason() + ": " + c.getMessage())
        .findFirst();
  }

  private List<ContainerStatus> containers() {
    return status().map(PodStatus::getContainerStatuses).orElse(List.of());
  }

  private Optional<PodStatus> status() {
    return Optional.ofNullable(pod.getStatus());
  }
}
