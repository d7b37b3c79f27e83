package io.generalbots.operator.cluster.gateway;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.generalbots.api.v1alpha1.cluster.BotServerStage;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Part;
import java.util.List;

/**
 * The bot servers that requests may go to: those that have started, and are not to go. Whether one
 * serves just now Caddy asks itself, so that a change of that is no change of the configuration.
 */
final class Upstreams {

  private Upstreams() {}

  static List<String> of(String cluster, Facts facts) {
    return facts.all(Pod.class, new Part(cluster, "botserver").selector()).stream()
        .filter(Upstreams::hasStarted)
        .map(pod -> Address.ofPod(pod.getStatus().getPodIP(), Ports.BOT_SERVER).toString())
        .sorted()
        .toList();
  }

  private static boolean hasStarted(Pod pod) {
    var status = pod.getStatus();
    return pod.getMetadata().getDeletionTimestamp() == null
        && !isLeaving(pod)
        && status != null
        && status.getPodIP() != null
        && "Running".equals(status.getPhase())
        && !status.getContainerStatuses().isEmpty()
        && status.getContainerStatuses().stream().allMatch(Upstreams::hasStarted);
  }

  private static boolean isLeaving(Pod pod) {
    return BotServerStage.DRAINING.word().equals(Objects.labels(pod).get(Labels.STAGE));
  }

  private static boolean hasStarted(ContainerStatus container) {
    return Boolean.TRUE.equals(container.getStarted());
  }
}
