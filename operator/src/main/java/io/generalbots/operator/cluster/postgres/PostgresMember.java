package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One server of a cluster's Postgres, as its pod tells.
 *
 * @param pod its pod
 * @param state what Patroni tells about it
 */
public record PostgresMember(Pod pod, MemberState state) {

  private static final String STATUS = "status";
  private static final String REVISION = "controller-revision-hash";

  static PostgresMember of(Pod pod) {
    var status = Objects.annotations(pod).getOrDefault(STATUS, "");
    return new PostgresMember(pod, MemberState.parse(status));
  }

  /** The name of its pod, which Patroni calls it by. */
  public String name() {
    return pod.getMetadata().getName();
  }

  /** Whether Patroni says that it is the one that takes writes. */
  public boolean isPrimary() {
    return hasRole(Names.PRIMARY);
  }

  /** Whether Patroni says that it follows the primary. */
  public boolean isReplica() {
    return hasRole(Names.REPLICA);
  }

  /** Whether it takes connections. */
  public boolean isReady() {
    return !isTerminating()
        && status().map(PodStatus::getConditions).orElse(List.of()).stream()
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  /** Whether its pod is on its way out. */
  public boolean isTerminating() {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  /** Its number in the StatefulSet. */
  int ordinal() {
    var name = name();
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }

  boolean runs(String revision) {
    return revision.equals(Objects.labels(pod).get(REVISION));
  }

  /** Why a container does not run, in the kubelet's word: {@code ImagePullBackOff}. */
  Optional<String> waitsBecause() {
    return containers().stream()
        .flatMap(c -> Optional.ofNullable(c.getState().getWaiting()).stream())
        .flatMap(w -> Optional.ofNullable(w.getReason()).stream())
        .findFirst();
  }

  /** Whether it last ended before that time and now waits for its next start. */
  boolean gaveUpBefore(Instant time) {
    return containers().stream()
        .filter(c -> c.getState().getWaiting() != null)
        .flatMap(c -> Optional.ofNullable(c.getLastState()).stream())
        .flatMap(last -> Optional.ofNullable(last.getTerminated()).stream())
        .anyMatch(t -> Instant.parse(t.getFinishedAt()).isBefore(time));
  }

  private boolean hasRole(String role) {
    return role.equals(Objects.labels(pod).get(Labels.ROLE));
  }

  private List<ContainerStatus> containers() {
    return status().map(PodStatus::getContainerStatuses).orElse(List.of());
  }

  private Optional<PodStatus> status() {
    return Optional.ofNullable(pod.getStatus());
  }
}
