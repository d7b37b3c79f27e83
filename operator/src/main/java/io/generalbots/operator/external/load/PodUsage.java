package io.generalbots.operator.external.load;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.ContainerMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.botserver.BotServer;
import io.generalbots.operator.cluster.botserver.BotServers;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.kube.Part;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What bot servers use of what they asked for, from metrics.k8s.io.
 *
 * @param pods those that serve, and have metrics
 * @param cluster whose they are
 */
record PodUsage(List<PodMetrics> pods, BotCluster cluster) {

  private static final double PERCENT = 100;

  /** Kubelets measure every quarter of a minute or so; what is much older says nothing of now. */
  private static final Duration STALE = Duration.ofSeconds(90);

  /**
   * Asks the API server.
   *
   * @param serving the names of the pods that count
   */
  static PodUsage read(
      KubernetesClient client, BotCluster cluster, Set<String> serving, Instant now) {
    try {
      var pods =
          metrics(client, cluster)
              .filter(pod -> serving.contains(pod.getMetadata().getName()))
              .filter(pod -> !Instant.parse(pod.getTimestamp()).isBefore(now.minus(STALE)))
              .toList();
      return new PodUsage(pods, cluster);
    } catch (KubernetesClientException e) {
      throw new StepFailure(trouble(e), e);
    }
  }

  private static Stream<PodMetrics> metrics(KubernetesClient client, BotCluster cluster) {
    var meta = cluster.getMetadata();
    return client
        .top()
        .pods()
        .inNamespace(meta.getNamespace())
        .withLabels(new Part(meta.getName(), BotServers.COMPONENT).selector())
        .metrics()
        .getItems()
        .stream();
  }

  private static String trouble(KubernetesClientException failure) {
    return failure.getCode() == 404
        ? "metrics.k8s.io is not served: install metrics-server"
        : "metrics.k8s.io does not answer: " + failure.getMessage();
  }

  /**
   * The mean over the pods, in percent of what each asked for.
   *
   * @param resource cpu or memory
   */
  double percent(String resource) {
    var request =
        BotServer.request(cluster, resource)
            .orElseThrow(() -> new StepFailure("bot servers ask for no " + resource));
    return pods.stream()
        .mapToDouble(pod -> used(pod, resource) * PERCENT / amount(request))
        .average()
        .orElseThrow(() -> new StepFailure("no bot server that serves has metrics yet"));
  }

  private static double used(PodMetrics pod, String resource) {
    return pod.getContainers().stream()
        .filter(container -> BotServers.COMPONENT.equals(container.getName()))
        .map(ContainerMetrics::getUsage)
        .filter(usage -> usage.containsKey(resource))
        .mapToDouble(usage -> amount(usage.get(resource)))
        .sum();
  }

  private static double amount(Quantity quantity) {
    BigDecimal amount = quantity.getNumericalAmount();
    return amount.doubleValue();
  }
}
