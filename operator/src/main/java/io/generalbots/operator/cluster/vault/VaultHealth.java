package io.generalbots.operator.cluster.vault;

import io.generalbots.operator.cluster.servers.Hibernation;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Health;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a cluster's vault is: the first thing that is not as it should be, worst first. */
final class VaultHealth {

  private static final List<Function<Situation, Optional<Health>>> OWN =
      List.of(
          VaultHealth::hibernating,
          VaultHealth::unreadable,
          VaultHealth::incomplete,
          VaultHealth::shrinking,
          VaultHealth::rollingOut,
          s -> s.volumes().health());

  private VaultHealth() {}

  static Health of(Situation situation) {
    if (!situation.isServed()) {
      return Health.waiting(
          "EngineNotServed",
          "engine Vault cannot open its data by itself: create a new BotCluster with engine"
              + " OpenBao, or run Vault yourself and write mode: External");
    }
    return situation.isExternal()
        ? doubtful(situation).orElseGet(() -> Health.ready("an external vault has every entry"))
        : own(situation);
  }

  private static Health own(Situation situation) {
    return OWN.stream()
        .flatMap(check -> check.apply(situation).stream())
        .findFirst()
        .or(() -> doubtful(situation))
        .orElseGet(() -> Health.ready(counted(situation)))
        .counting((int) situation.ready(), situation.hibernates() ? 0 : wished(situation));
  }

  private static Optional<Health> hibernating(Situation situation) {
    return situation.hibernates()
        ? Optional.of(Hibernation.health(situation.servers().size()))
        : Optional.empty();
  }

  private static Optional<Health> unreadable(Situation situation) {
    return Doubt.servers(situation).map(d -> d.health(false));
  }

  private static Optional<Health> incomplete(Situation situation) {
    return situation.ready() == wished(situation)
        ? Optional.empty()
        : Optional.of(Health.degraded("ServersNotReady", counted(situation)));
  }

  /** Told as long as the spec asks for it. */
  private static Optional<Health> shrinking(Situation situation) {
    var members = new Scaling(situation).members();
    return situation.spec().replicas() >= members
        ? Optional.empty()
        : Optional.of(
            Health.degraded(
                "CannotShrink",
                "%d servers have a vote and stay: write replicas: %d".formatted(members, members)));
  }

  private static Optional<Health> rollingOut(Situation situation) {
    var pending =
        new ServerSet(situation)
            .outdated().stream().map(Instance::name).collect(Collectors.joining(", "));
    return pending.isEmpty()
        ? Optional.empty()
        : Optional.of(Health.degraded("RollingOut", "still to be restarted: " + pending));
  }

  /** Until readers have what they need to begin, nobody can use it. */
  private static Optional<Health> doubtful(Situation situation) {
    return Doubt.seen(situation).map(d -> d.health(Sync.of(situation).isPublished()));
  }

  private static String counted(Situation situation) {
    return "%d of %d servers are ready".formatted(situation.ready(), wished(situation));
  }

  /** Beginning with one server, all of them are wished. */
  private static int wished(Situation situation) {
    return Math.max(situation.spec().replicas(), new Scaling(situation).replicas());
  }
}
