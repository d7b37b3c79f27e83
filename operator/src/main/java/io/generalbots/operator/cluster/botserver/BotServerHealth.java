package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.generalbots.operator.cluster.servers.Hibernation;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Health;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How bot servers are: the first thing that is not as it should be, worst first.
 *
 * @param situation the servers
 * @param obstacle what keeps them from being started or changed
 */
record BotServerHealth(Situation situation, Optional<Obstacle> obstacle) {

  Health health() {
    if (situation.sleeps()) {
      return Hibernation.health(situation.pods().size());
    }
    return Stream.of(
            gated(),
            unmounted(),
            starting(),
            alone(),
            incomplete(),
            rollingOut(),
            withoutCache(),
            new WorkVolume(situation).growth().health())
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> Health.ready(counted()))
        .counting(situation.ready(), situation.wished());
  }

  /** What runs keeps running, whatever is in the way of changing it. */
  private Optional<Health> gated() {
    return obstacle.map(
        o ->
            situation.ready() == 0
                ? Health.waiting(o.reason(), o.message())
                : Health.degraded(
                    o.reason(), counted() + " and run on as they are; " + o.message()));
  }

  private Optional<Health> unmounted() {
    var volume = new WorkVolume(situation);
    if (situation.ready() > 0 || situation.wished() == 0 || !volume.isPending()) {
      return Optional.empty();
    }
    return Optional.of(
        Health.waiting(
            "WorkVolumePending",
            "waits for the volume of claim %s%s".formatted(volume.claim(), advice(volume))));
  }

  private static String advice(WorkVolume volume) {
    return volume.isShared()
        ? ": if its StorageClass has none that several nodes can mount (ReadWriteMany), set"
            + " botserver.replicas to 1 and autoscaling.enabled to false, or make a BotCluster"
            + " whose botserver.workVolume.storageClass has"
        : "";
  }

  private Optional<Health> starting() {
    return situation.ready() > 0 || situation.wished() == 0
        ? Optional.empty()
        : Optional.of(Health.waiting("NoServerReady", counted() + troubles()));
  }

  private Optional<Health> alone() {
    return !new Scaling(situation).isBound()
        ? Optional.empty()
        : Optional.of(
            Health.degraded(
                "WorkVolumeNotShared",
                "one server instead of %d: volume %s can be mounted by one node only; set"
                        .formatted(situation.wished(), new WorkVolume(situation).claim())
                    + " botserver.replicas to 1, or see the guide for how to replace it"));
  }

  private Optional<Health> incomplete() {
    return situation.ready() >= situation.wished()
        ? Optional.empty()
        : Optional.of(Health.degraded("ServersNotReady", counted() + troubles()));
  }

  private Optional<Health> rollingOut() {
    return situation
        .deployment()
        .filter(d -> !isRolledOut(d))
        .map(d -> Health.degraded("RollingOut", "old servers are still being replaced"));
  }

  private static boolean isRolledOut(Deployment deployment) {
    var status = Optional.ofNullable(deployment.getStatus());
    var wished = deployment.getSpec().getReplicas();
    return status
        .filter(s -> deployment.getMetadata().getGeneration().equals(s.getObservedGeneration()))
        .filter(s -> count(s.getUpdatedReplicas()) == wished && count(s.getReplicas()) == wished)
        .isPresent();
  }

  private Optional<Health> withoutCache() {
    return situation
        .site()
        .ways()
        .withoutCache()
        .map(
            advice ->
                Health.degraded(
                    "CacheUnreachable",
                    "bot servers run without a cache, since they speak no TLS to it: " + advice));
  }

  private String counted() {
    return "%d of %d bot servers are ready".formatted(situation.ready(), situation.wished());
  }

  /** What the scheduler and the kubelet say about those that are not ready. */
  private String troubles() {
    return situation.pods().stream()
        .flatMap(p -> trouble(p).stream())
        .collect(Collectors.joining());
  }

  private static Optional<String> trouble(Pod pod) {
    return new Instance(pod)
        .trouble()
        .map(why -> "; %s: %s".formatted(pod.getMetadata().getName(), why));
  }

  /** How many servers there are, as the scale subresource tells it. */
  static int replicas(Situation situation) {
    return situation
        .deployment()
        .map(Deployment::getStatus)
        .map(DeploymentStatus::getReplicas)
        .orElse(0);
  }

  private static int count(Integer number) {
    return number == null ? 0 : number;
  }
}
