package io.generalbots.operator.cluster.gateway;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.generalbots.api.v1alpha1.cluster.BotServerStage;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.Map;

/**
 * The file by which gateways know the bot servers that requests may go to: those that have started,
 * and are not to go. Whether one serves just now Caddy asks itself. It is no part of Caddy's
 * configuration: a change of it closes no connection.
 *
 * @param addresses of the bot servers, each with its port, in order
 */
record ServersFile(List<String> addresses) {

  /** What the ConfigMap and its volume are called. */
  static final String NAME = "servers";

  private static final String KEY = "addresses";

  /** Where Caddy finds it. */
  static final String PATH = GatewayPods.file(NAME, KEY);

  private static final int REVISION_LENGTH = 12;

  ServersFile {
    addresses = List.copyOf(addresses);
  }

  static ServersFile of(String cluster, Facts facts) {
    return new ServersFile(
        facts.all(Pod.class, new Part(cluster, "botserver").selector()).stream()
            .filter(ServersFile::hasStarted)
            .map(pod -> Address.ofPod(pod.getStatus().getPodIP(), Ports.BOT_SERVER).toString())
            .distinct()
            .sorted()
            .toList());
  }

  /** A revision that no other list has, by which is told who has taken it, and the list. */
  String text() {
    var lines = new StringBuilder();
    addresses.forEach(address -> lines.append(address).append('\n'));
    var revision = Digest.sha256(lines.toString()).substring(0, REVISION_LENGTH);
    return "# revision " + revision + "\n" + lines;
  }

  ConfigMap configMap(Part gateway) {
    return new ConfigMapBuilder()
        .withMetadata(gateway.meta(NAME))
        .withData(Map.of(KEY, text()))
        .build();
  }

  private static boolean hasStarted(Pod pod) {
    var status = pod.getStatus();
    return pod.getMetadata().getDeletionTimestamp() == null
        && !isLeaving(pod)
        && status != null
        && status.getPodIP() != null
        && "Running".equals(status.getPhase())
        && !status.getContainerStatuses().isEmpty()
        && status.getContainerStatuses().stream().allMatch(ServersFile::hasStarted);
  }

  private static boolean isLeaving(Pod pod) {
    return BotServerStage.DRAINING.word().equals(Objects.labels(pod).get(Labels.STAGE));
  }

  private static boolean hasStarted(ContainerStatus container) {
    return Boolean.TRUE.equals(container.getStarted());
  }
}
