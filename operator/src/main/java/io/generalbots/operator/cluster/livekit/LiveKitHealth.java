package io.generalbots.operator.cluster.livekit;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.generalbots.operator.cluster.servers.DeploymentHealth;
import io.generalbots.operator.cluster.servers.Hibernation;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Health;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a cluster's LiveKit is: the first thing that is not as it should be, worst first. */
final class LiveKitHealth {

  private static final List<Function<Situation, Optional<Health>>> CHECKS =
      List.of(
          LiveKitHealth::hibernating,
          LiveKitHealth::obstructed,
          LiveKitHealth::refused,
          LiveKitHealth::withoutBus,
          LiveKitHealth::incomplete,
          LiveKitHealth::rollingOut,
          LiveKitHealth::alone);

  private LiveKitHealth() {}

  static Health of(Situation situation) {
    return CHECKS.stream()
        .flatMap(check -> check.apply(situation).stream())
        .findFirst()
        .orElseGet(() -> Health.ready(counted(situation) + draining(situation) + grace(situation)))
        .counting(ready(situation), situation.wished());
  }

  private static Optional<Health> hibernating(Situation situation) {
    return situation.hibernates()
        ? Optional.of(Hibernation.health(situation.pods().size()))
        : Optional.empty();
  }

  private static Optional<Health> obstructed(Situation situation) {
    return Obstacle.of(situation).map(o -> judged(situation, o.reason(), o.message()));
  }

  /** Pods that the API server does not admit, as on the node's network in a strict namespace. */
  private static Optional<Health> refused(Situation situation) {
    return DeploymentHealth.refusal(situation.deployment())
        .map(why -> judged(situation, Reasons.PODS_REFUSED, why));
  }

  private static Optional<Health> withoutBus(Situation situation) {
    var waiting =
        situation.pods().stream()
            .map(Instance::pod)
            .filter(LiveKitHealth::waitsForBus)
            .map(p -> p.getMetadata().getName())
            .collect(Collectors.joining(", "));
    return waiting.isEmpty()
        ? Optional.empty()
        : Optional.of(
            judged(
                situation,
                Reasons.BUS_UNREACHABLE,
                "%s; Valkey, the bus at %s, does not answer %s"
                    .formatted(
                        counted(situation),
                        situation.host(Bus.servers(situation).name()),
                        waiting)));
  }

  private static Optional<Health> incomplete(Situation situation) {
    var ready = ready(situation);
    if (ready >= situation.wished()) {
      return Optional.empty();
    }
    var reason = ready == 0 ? Reasons.NO_SERVER_READY : Reasons.SERVERS_MISSING;
    return Optional.of(judged(situation, reason, counted(situation) + troubles(situation)));
  }

  private static Optional<Health> rollingOut(Situation situation) {
    var keys = new Keys(situation);
    var configuration = new Configuration(situation, Bus.of(situation), keys.valid());
    return new ServerDeployment(situation, configuration).isEverywhere()
        ? Optional.empty()
        : Optional.of(
            Health.degraded(
                Reasons.ROLLING_OUT,
                counted(situation) + "; a change is on its way to all of them"));
  }

  private static Optional<Health> alone(Situation situation) {
    return situation.possible() == situation.spec().replicas()
        ? Optional.empty()
        : Optional.of(
            Health.degraded(
                Reasons.NO_BUS,
                "one server runs: several find each other by the managed Valkey only"));
  }

  private static Health judged(Situation situation, String reason, String message) {
    return ready(situation) == 0
        ? Health.waiting(reason, message)
        : Health.degraded(reason, message);
  }

  private static boolean waitsForBus(Pod pod) {
    return Stream.ofNullable(pod.getStatus())
        .flatMap(s -> s.getInitContainerStatuses().stream())
        .filter(c -> Names.BUS.equals(c.getName()))
        .anyMatch(LiveKitHealth::isRunning);
  }

  private static boolean isRunning(ContainerStatus container) {
    return container.getState() != null && container.getState().getRunning() != null;
  }

  private static String counted(Situation situation) {
    return "%d of %d servers are ready".formatted(ready(situation), situation.wished());
  }

  private static int ready(Situation situation) {
    return DeploymentHealth.ready(situation.deployment());
  }

  private static String troubles(Situation situation) {
    return situation.pods().stream()
        .filter(p -> !p.isTerminating())
        .flatMap(p -> p.troubleOrEnd().map(why -> "; " + p.name() + ": " + why).stream())
        .collect(Collectors.joining());
  }

  /** Servers that stop, but go on with their rooms until then. */
  private static String draining(Situation situation) {
    var count = situation.pods().stream().filter(Instance::isTerminating).count();
    return count == 0 ? "" : "; %d more may still have rooms to end".formatted(count);
  }

  private static String grace(Situation situation) {
    return new Keys(situation)
        .retirement()
        .map(end -> "; the former key is valid until " + end)
        .orElse("");
  }
}
