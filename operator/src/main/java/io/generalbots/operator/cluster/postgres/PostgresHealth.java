package io.generalbots.operator.cluster.postgres;

import io.generalbots.operator.cluster.servers.Hibernation;
import io.generalbots.operator.kernel.Health;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a cluster's Postgres is: the first thing that is not as it should be, worst first. */
final class PostgresHealth {

  private static final List<Function<Situation, Optional<Health>>> CHECKS =
      List.of(
          PostgresHealth::hibernating,
          PostgresHealth::creating,
          PostgresHealth::withoutPrimary,
          PostgresHealth::incomplete,
          PostgresHealth::scaling,
          PostgresHealth::lagging,
          PostgresHealth::switching,
          PostgresHealth::rollingOut,
          situation -> situation.volumes().health());

  private PostgresHealth() {}

  static Health of(Situation situation) {
    return CHECKS.stream()
        .flatMap(check -> check.apply(situation).stream())
        .findFirst()
        .orElseGet(() -> ready(situation))
        .counting(situation.members().ready(), situation.wished());
  }

  private static Health ready(Situation situation) {
    var primary = situation.members().primary().map(PostgresMember::name).orElse("");
    return Health.ready(counted(situation) + "; " + primary + " is primary");
  }

  private static Optional<Health> hibernating(Situation situation) {
    if (!situation.hibernates()) {
      return Optional.empty();
    }
    return Optional.of(Hibernation.health(situation.members().members().size()));
  }

  private static Optional<Health> creating(Situation situation) {
    var started = situation.memory().isInitialized();
    return started || situation.members().primary().isPresent()
        ? Optional.empty()
        : Optional.of(Health.waiting("Creating", "the first server starts" + troubles(situation)));
  }

  private static Optional<Health> withoutPrimary(Situation situation) {
    return situation.members().primary().filter(PostgresMember::isReady).isPresent()
        ? Optional.empty()
        : Optional.of(Health.waiting("NoPrimary", "no server takes writes" + troubles(situation)));
  }

  private static Optional<Health> incomplete(Situation situation) {
    return situation.members().isComplete() && !situation.isBeingReplaced()
        ? Optional.empty()
        : Optional.of(Health.degraded("MembersNotReady", counted(situation) + troubles(situation)));
  }

  private static Optional<Health> scaling(Situation situation) {
    var scaling = Scaling.of(situation);
    var wished = situation.wished();
    if (situation.members().desired() == wished) {
      return Optional.empty();
    }
    return Optional.of(
        Health.degraded(
            "Scaling",
            scaling
                .obstacle()
                .orElse(
                    "going from %d to %d servers"
                        .formatted(situation.members().desired(), wished))));
  }

  private static Optional<Health> lagging(Situation situation) {
    var behind =
        situation.members().replicas().stream()
            .filter(m -> !m.state().isStreaming())
            .map(PostgresMember::name)
            .collect(Collectors.joining(", "));
    return behind.isEmpty()
        ? Optional.empty()
        : Optional.of(Health.degraded("ReplicasLagging", behind + " not streaming"));
  }

  private static Optional<Health> switching(Situation situation) {
    var request = SwitchoverRequest.of(situation);
    var underway =
        request.step().isPresent() || request.memory().pursued().isPresent()
            ? Optional.of("to " + request.memory().target())
            : Optional.<String>empty();
    return request
        .obstacle()
        .or(() -> new Rollout(situation).obstacle())
        .or(() -> underway)
        .map(why -> Health.degraded("SwitchoverPending", why));
  }

  private static Optional<Health> rollingOut(Situation situation) {
    var pending =
        new Rollout(situation)
            .pending().stream().map(PostgresMember::name).collect(Collectors.joining(", "));
    return pending.isEmpty()
        ? Optional.empty()
        : Optional.of(Health.degraded("RollingOut", "still to be restarted: " + pending));
  }

  private static String counted(Situation situation) {
    return "%d of %d servers are ready".formatted(situation.members().ready(), situation.wished());
  }

  /** What the kubelet and Patroni say about those that are not ready. */
  private static String troubles(Situation situation) {
    return situation.members().members().stream()
        .filter(m -> !m.isReady())
        .map(PostgresHealth::trouble)
        .reduce("", (all, one) -> all + "; " + one);
  }

  private static String trouble(PostgresMember member) {
    var why =
        Stream.of(
                member.isTerminating() ? Optional.of("stopping") : Optional.<String>empty(),
                member.waitsBecause(),
                Optional.of(member.state().state())
                    .filter(s -> !s.isEmpty())
                    .map(PostgresHealth::advised))
            .flatMap(Optional::stream)
            .findFirst()
            .orElse("starting");
    return member.name() + ": " + why;
  }

  private static String advised(String state) {
    return "start failed".equals(state)
        ? state + ": its log says why; see spec.postgres.parameters"
        : state;
  }
}
