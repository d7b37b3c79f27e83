package io.generalbots.operator.external.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.Complete;
import io.generalbots.operator.cluster.volumes.Disk;
import io.generalbots.operator.cluster.volumes.VolumesSeen;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.Waiting;
import io.generalbots.operator.kernel.Gauge;
import io.generalbots.operator.kernel.Reading;
import io.generalbots.operator.kube.Labels;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks kubelets how full those volumes of a BotCluster are that grow by themselves. */
public final class VolumeGauge implements Gauge<BotCluster> {

  /** Beyond that of each kubelet, which all are asked at once. */
  private static final Duration LIMIT = Kubelets.LIMIT.plusSeconds(1);

  private static final VolumesSeen NOT_ALLOWED =
      new VolumesSeen(Map.of(), List.of(), List.of(Trouble.NOT_ALLOWED));

  private final Function<BotCluster, List<Pod>> mounting;
  private final Optional<Function<String, Future<Summary>>> kubelets;
  private final Clock clock;

  /**
   * One that knows its way.
   *
   * @param mounting finds the pods that mount what this is about
   * @param kubelets asks the one at an address; empty if that is not allowed
   */
  VolumeGauge(
      Function<BotCluster, List<Pod>> mounting,
      Optional<Function<String, Future<Summary>>> kubelets,
      Clock clock) {
    this.mounting = mounting;
    this.kubelets = kubelets;
    this.clock = clock;
  }

  /** One that opens its own connections, as far as it may. */
  public static VolumeGauge of(KubernetesClient client, Vertx vertx, KubeletAccess access) {
    var clock = Clock.systemUTC();
    var kubelets =
        access
            .account()
            .map(account -> KubeletToken.of(client, access.namespace(), account))
            .map(source -> new KubeletToken(source, clock))
            .<Function<String, Future<Summary>>>map(
                token ->
                    new Summaries(
                        new Kubelets(vertx, access.authority(), Kubelets.PORT, Kubelets.LIMIT),
                        token,
                        clock,
                        access.age()));
    return new VolumeGauge(owner -> pods(client, owner), kubelets, clock);
  }

  @Override
  public boolean isFor(BotCluster owner) {
    var cluster = Complete.of(owner);
    return !cluster.getSpec().hibernate() && !Disk.of(cluster).isEmpty();
  }

  @Override
  public Optional<Reading> read(BotCluster owner) {
    try {
      return Optional.of(kubelets.map(way -> seen(owner, way)).orElse(NOT_ALLOWED));
    } catch (KubernetesClientException e) {
      return Optional.empty();
    }
  }

  private VolumesSeen seen(BotCluster owner, Function<String, Future<Summary>> way) {
    var nodes =
        mounting.apply(owner).stream()
            .collect(Collectors.groupingBy(p -> p.getSpec().getNodeName()));
    var asked = new TreeMap<String, Future<Summary>>();
    nodes.forEach((node, pods) -> asked.put(node, way.apply(pods.get(0).getStatus().getHostIP())));
    return Look.sum(
        asked.entrySet().stream()
            .map(e -> look(e.getKey(), nodes.getOrDefault(e.getKey(), List.of()), e.getValue()))
            .toList());
  }

  private Look look(String node, List<Pod> pods, Future<Summary> answer) {
    try {
      return Look.of(pods, Waiting.within(LIMIT, "asking", answer), clock.instant());
    } catch (StepFailure e) {
      return Look.failed(Trouble.of(node, Optional.ofNullable(e.getCause()).orElse(e)));
    }
  }

  private static List<Pod> pods(KubernetesClient client, BotCluster owner) {
    var meta = owner.getMetadata();
    var components = Disk.of(Complete.of(owner)).stream().map(d -> d.part().component()).toList();
    return client
        .pods()
        .inNamespace(meta.getNamespace())
        .withLabel(Labels.CLUSTER, meta.getName())
        .withLabelIn(Labels.COMPONENT, components.toArray(String[]::new))
        .list()
        .getItems()
        .stream()
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .filter(pod -> pod.getStatus().getHostIP() != null)
        .toList();
  }
}
