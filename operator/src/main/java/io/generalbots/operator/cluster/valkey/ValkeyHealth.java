package io.generalbots.operator.cluster.valkey;

import io.generalbots.operator.cluster.servers.Hibernation;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Health;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a cluster's Valkey is: the first thing that is not as it should be, worst first. */
final class ValkeyHealth {

  private static final List<Function<Situation, Optional<Health>>> CHECKS =
      List.of(
          ValkeyHealth::hibernating,
          ValkeyHealth::withoutPrimary,
          ValkeyHealth::incomplete,
          ValkeyHealth::withoutSentinels,
          ValkeyHealth::scaling,
          ValkeyHealth::rollingOut,
          situation -> situation.volumes().health());

  private ValkeyHealth() {}

  static Health of(Situation situation) {
    return CHECKS.stream()
        .flatMap(check -> check.apply(situation).stream())
        .findFirst()
        .orElseGet(() -> ready(situation))
        .counting(situation.servers().ready(), situation.wished());
  }

  private static Health ready(Situation situation) {
    var primary = situation.servers().primaryName().orElse("");
    return Health.ready(counted(situation) + "; " + primary + " is primary");
  }

  private static Optional<Health> hibernating(Situation situation) {
    if (!situation.hibernates()) {
      return Optional.empty();
    }
    return Optional.of(Hibernation.health(situation.servers().all().size()));
  }

  private static Optional<Health> withoutPrimary(Situation situation) {
    var servers = situation.servers();
    if (servers.primary().filter(Instance::isReady).isPresent()) {
      return Optional.empty();
    }
    var told = "no server takes writes" + troubles(servers);
    return Optional.of(
        servers.ready() == 0 && !situation.isLedByAgents()
            ? Health.waiting("Creating", told)
            : Health.waiting("NoPrimary", told));
  }

  private static Optional<Health> incomplete(Situation situation) {
    var servers = situation.servers();
    return servers.areReady(situation.current()) && !situation.isBeingReplaced()
        ? Optional.empty()
        : Optional.of(Health.degraded("ServersNotReady", counted(situation) + troubles(servers)));
  }

  private static Optional<Health> withoutSentinels(Situation situation) {
    var ready =
        situation.sentinelPods().stream().map(Instance::new).filter(Instance::isReady).count();
    return !situation.needsSentinels() || ready == Names.SENTINELS
        ? Optional.empty()
        : Optional.of(
            Health.degraded(
                "SentinelsNotReady",
                "%d of %d sentinels are ready; two are needed for a failover"
                    .formatted(ready, Names.SENTINELS)));
  }

  private static Optional<Health> scaling(Situation situation) {
    return situation.current() == situation.wished()
        ? Optional.empty()
        : Optional.of(
            Health.degraded(
                "Scaling",
                "going from %d to %d servers".formatted(situation.current(), situation.wished())));
  }

  private static Optional<Health> rollingOut(Situation situation) {
    var pending =
        Rollout.of(situation).outdated().stream()
            .map(Instance::name)
            .collect(Collectors.joining(", "));
    if (pending.isEmpty()) {
      return ServerSet.isSettled(situation)
          ? Optional.empty()
          : Optional.of(Health.degraded("RollingOut", "a change of the servers begins"));
    }
    return Optional.of(Health.degraded("RollingOut", "still to be restarted: " + pending));
  }

  private static String counted(Situation situation) {
    return "%d of %d servers are ready".formatted(situation.servers().ready(), situation.wished());
  }

  private static String troubles(Servers servers) {
    return servers.all().stream()
        .flatMap(s -> s.troubleOrEnd().map(why -> "; " + s.name() + ": " + why).stream())
        .collect(Collectors.joining());
  }
}
