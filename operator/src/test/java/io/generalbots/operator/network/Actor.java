package io.generalbots.operator.network;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.HashMap;
import java.util.Map;

/**
 * Somebody who connects or is connected to.
 *
 * @param name how the table of links calls it
 * @param namespace of a pod; empty for what is no pod
 * @param labels of a pod
 * @param address where it is
 * @param ports of a pod, by name
 */
record Actor(
    String name,
    String namespace,
    Map<String, String> labels,
    String address,
    Map<String, Integer> ports) {

  private static final String IN_THE_POD_NETWORK = "10.244.0.9";

  Actor {
    labels = Map.copyOf(labels);
    ports = Map.copyOf(ports);
  }

  static Actor pod(String name, String namespace, Map<String, String> labels) {
    return new Actor(name, namespace, labels, IN_THE_POD_NETWORK, Map.of());
  }

  /** A pod of a workload; one on its node's own network is no pod to a policy. */
  static Actor pod(String name, String namespace, PodTemplateSpec template) {
    if (Boolean.TRUE.equals(template.getSpec().getHostNetwork())) {
      return outside(name, "192.168.1.11");
    }
    var ports = new HashMap<String, Integer>();
    template.getSpec().getContainers().stream()
        .map(Container::getPorts)
        .flatMap(all -> all.stream().filter(p -> p.getName() != null))
        .forEach((ContainerPort p) -> ports.put(p.getName(), p.getContainerPort()));
    var labels = template.getMetadata().getLabels();
    return new Actor(name, namespace, labels, IN_THE_POD_NETWORK, ports);
  }

  static Actor outside(String name, String address) {
    return new Actor(name, "", Map.of(), address, Map.of());
  }

  boolean isPod() {
    return !namespace.isEmpty();
  }
}
