package io.generalbots.operator.cluster.servers;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.generalbots.operator.kernel.Objects;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One pod of a component, and what its status says.
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

  /** Its number in its StatefulSet. */
  public int ordinal() {
    return Integer.parseInt(name().substring(name().lastIndexOf('-') + 1));
  }

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

  /** Whether a container of it has started, be it ready or not. */
  public boolean isStarted() {
    return !isTerminating()
        && containers().stream().anyMatch(c -> Boolean.TRUE.equals(c.getStarted()));
  }

  /** Whether it runs this revision of its set. */
  public boolean runs(String revision) {
    return revision.equals(Objects.labels(pod).get(REVISION));
  }

  /** Whether it waits for an image that cannot be had. */
  public boolean lacksImage() {
    return waitsBecause().filter(NO_IMAGE::contains).isPresent();
  }

  /** Those of its containers that do, the ones that run before the others first. */
  public List<ContainerStatus> containersWithoutImage() {
    var first = status().map(PodStatus::getInitContainerStatuses).orElse(List.of());
    return Stream.concat(first.stream(), containers().stream())
        .filter(c -> waiting(c).filter(NO_IMAGE::contains).isPresent())
        .toList();
  }

  /** Whether it last ended before that time and now waits for its next start. */
  public boolean gaveUpBefore(Instant time) {
    return containers().stream()
        .filter(c -> state(c).map(ContainerState::getWaiting).isPresent())
        .flatMap(c -> lastState(c).map(ContainerState::getTerminated).stream())
        .anyMatch(t -> Instant.parse(t.getFinishedAt()).isBefore(time));
  }

  /** What its container left behind when it ended last. */
  public Optional<String> lastWords() {
    return containers().stream()
        .flatMap(c -> Stream.concat(state(c).stream(), lastState(c).stream()))
        .flatMap(s -> Optional.ofNullable(s.getTerminated()).stream())
        .flatMap(t -> Optional.ofNullable(t.getMessage()).stream())
        .map(String::strip)
        .findFirst();
  }

  /** Why a container does not run, in the kubelet's word: {@code ImagePullBackOff}. */
  public Optional<String> waitsBecause() {
    return containers().stream().flatMap(c -> waiting(c).stream()).findFirst();
  }

  /** Why it does not serve, as the scheduler or the kubelet put it. */
  public Optional<String> trouble() {
    return trouble(Optional.empty());
  }

  /** The same; where neither has a word for it, how its container ended last. */
  public Optional<String> troubleOrEnd() {
    return trouble(ended());
  }

  private Optional<String> trouble(Optional<String> otherwise) {
    if (isReady()) {
      return Optional.empty();
    }
    return Optional.of(
        isTerminating()
            ? "stopping"
            : waitsBecause()
                .or(this::unschedulable)
                .or(() -> otherwise)
                .orElse("not in service yet"));
  }

  private Optional<String> ended() {
    return containers().stream()
        .flatMap(c -> lastState(c).map(ContainerState::getTerminated).stream())
        .flatMap(t -> Optional.ofNullable(t.getReason()).stream())
        .findFirst();
  }

  /** Why no node takes it. */
  public Optional<String> unschedulable() {
    return status().stream()
        .flatMap(s -> s.getConditions().stream())
        .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
        .map(c -> c.getReason() + ": " + c.getMessage())
        .findFirst();
  }

  private static Optional<String> waiting(ContainerStatus container) {
    return state(container)
        .map(ContainerState::getWaiting)
        .flatMap(w -> Optional.ofNullable(w.getReason()));
  }

  private static Optional<ContainerState> state(ContainerStatus container) {
    return Optional.ofNullable(container.getState());
  }

  private static Optional<ContainerState> lastState(ContainerStatus container) {
    return Optional.ofNullable(container.getLastState());
  }

  private List<ContainerStatus> containers() {
    return status().map(PodStatus::getContainerStatuses).orElse(List.of());
  }

  private Optional<PodStatus> status() {
    return Optional.ofNullable(pod.getStatus());
  }
}
