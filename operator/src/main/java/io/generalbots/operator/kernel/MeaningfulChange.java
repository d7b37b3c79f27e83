package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets an update pass only if a plan or a status could read it differently. Servers write their
 * heartbeat into annotations of their pods; waking up for each would make the idle operator busy.
 */
final class MeaningfulChange<T extends HasMetadata> implements OnUpdateFilter<T> {

  private final Heartbeat heartbeat;

  MeaningfulChange(Heartbeat heartbeat) {
    this.heartbeat = heartbeat;
  }

  @Override
  public boolean accept(T updated, T former) {
    if (updated instanceof Pod pod && former instanceof Pod before) {
      return !view(pod).equals(view(before));
    }
    return !updated
        .getMetadata()
        .getResourceVersion()
        .equals(former.getMetadata().getResourceVersion());
  }

  private List<Object> view(Pod pod) {
    var status = pod.getStatus();
    return Stream.<Object>of(
            Objects.labels(pod),
            heartbeat.without(Objects.annotations(pod)),
            String.valueOf(pod.getMetadata().getDeletionTimestamp()),
            String.valueOf(status.getPhase()),
            String.valueOf(status.getPodIP()),
            status.getConditions().stream().map(c -> c.getType() + c.getStatus()).toList(),
            status.getContainerStatuses().stream().map(MeaningfulChange::container).toList())
        .toList();
  }

  private static String container(ContainerStatus status) {
    var waiting = status.getState().getWaiting();
    return status.getName()
        + status.getReady()
        + status.getRestartCount()
        + (waiting == null ? "" : waiting.getReason());
  }
}
