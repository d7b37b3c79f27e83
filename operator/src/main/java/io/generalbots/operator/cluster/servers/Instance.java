package io.generalbots.operator.cluster.servers;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.generalbots.operator.kernel.Objects;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One pod of a StatefulSet, and what its status says.
 *
 * @param pod as the API server knows it
 */
public record Instance(Pod pod) {

  /** The label by which a StatefulSet says what a pod runs. */
  private static final String REVISION = "controller-revision-hash";

  /** What the kubelet says of a container whose image it does not have. */
  private static final Set<String> NO_IMAGE =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "ErrImageNeverPull",
          "InvalidImageName",
          "RegistryUnavailable");

  /** Its name. */
  public String name() {
    return pod.getMetadata().getName();
  }

  /** Its number in the set. */
  public int ordinal() {
    return Integer.parseInt(name().substring(name().lastIndexOf('-') + 1));
  }

  /** Whether it is on its way out. */
  public boolean isTerminating() {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  /** Whether it serves. */
  public boolean isReady() {
    return !isTerminating()
        && status().stream()
            .flatMap(s -> s.getConditions().stream())
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  /** Whether it runs this revision of its set. */
  public boolean runs(String revision) {
    return revision.equals(Objects.labels(pod).get(REVISION));
  }

  /** Whether it waits for an image that cannot be had. */
  public boolean lacksImage() {
    return waiting().filter(NO_IMAGE::contains).isPresent();
  }

  /** What its container left behind when it ended last. */
  public Optional<String> lastWords() {
    return containers().stream()
        .flatMap(c -> Stream.of(c.getState(), c.getLastState()))
        .flatMap(s -> Optional.ofNullable(s).map(ContainerState::getTerminated).stream())
        .flatMap(t -> Optional.ofNullable(t.getMessage()).stream())
        .map(String::strip)
        .findFirst();
  }

  /** Why it does not serve, as the scheduler or the kubelet put it. */
  public Optional<String> trouble() {
    if (isReady()) {
      return Optional.empty();
    }
    return Optional.of(
        isTerminating()
            ? "stopping"
            : waiting().or(this::unschedulable).orElse("not in service yet"));
  }

  private Optional<String> waiting() {
    return containers().stream()
        .flatMap(c -> Optional.ofNullable(c.getState()).stream())
        .flatMap(s -> Optional.ofNullable(s.getWaiting()).stream())
        .flatMap(w -> Optional.ofNullable(w.getReason()).stream())
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
