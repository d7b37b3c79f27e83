package io.generalbots.operator.external;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The pods of one cluster, as the API server knows them now.
 *
 * @param client reads and watches
 * @param namespace where they live
 * @param cluster the name of the BotCluster
 */
public record Members(KubernetesClient client, String namespace, String cluster) {

  private static final String PRIMARY = "primary";

  /** The addresses of the poolers that have clients. */
  List<String> poolers() {
    return pods(new Part(cluster, "pooler").selector()).stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(Readiness.getInstance()::isReady)
        .map(pod -> pod.getStatus().getPodIP())
        .toList();
  }

  /** The addresses of all poolers that may have clients: one that drains still has. */
  public List<String> everyPooler() {
    return pods(new Part(cluster, "pooler").selector()).stream()
        .map(pod -> pod.getStatus())
        .filter(status -> "Running".equals(status.getPhase()) && status.getPodIP() != null)
        .map(PodStatus::getPodIP)
        .toList();
  }

  /** Whether this pod, and no other, is the primary. */
  boolean isPrimary(String name) {
    return isOnly(name, pods(primaries()));
  }

  /** Comes when this pod, and no other, is the primary; found by a watch. */
  CompletableFuture<List<Pod>> becomesPrimary(String name) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabels(primaries())
        .informOnCondition(pods -> isOnly(name, pods));
  }

  /** The address of a pod. */
  String address(String name) {
    var pod = client.pods().inNamespace(namespace).withName(name).get();
    if (pod == null || pod.getStatus().getPodIP() == null) {
      throw new StepFailure("pod %s does not run".formatted(name));
    }
    return pod.getStatus().getPodIP();
  }

  /** The address under which clients reach the primary. */
  public String primaryService() {
    var name = new Part(cluster, "postgres").name("rw");
    var service = client.services().inNamespace(namespace).withName(name).get();
    if (service == null) {
      throw new StepFailure("Service %s is missing".formatted(name));
    }
    return service.getSpec().getClusterIP();
  }

  private List<Pod> pods(Map<String, String> labels) {
    return client.pods().inNamespace(namespace).withLabels(labels).list().getItems();
  }

  private Map<String, String> primaries() {
    return new Part(cluster, "postgres").selector(PRIMARY);
  }

  private static boolean isOnly(String name, List<Pod> primaries) {
    return primaries.size() == 1 && name.equals(primaries.get(0).getMetadata().getName());
  }
}
