package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.generalbots.operator.external.Switchover;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Wish;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Brings every server to what is wished, one at a time and only while all are well: replicas from
 * the highest number down, then another primary, then the former one.
 *
 * @param situation the servers
 */
record Rollout(Situation situation) {

  /** The next thing to do; nothing when all is done or somebody has to get well first. */
  Optional<Wish> next() {
    return situation.members().isComplete()
        ? situation.members().primary().flatMap(this::next)
        : Optional.empty();
  }

  /** Those that run something else than what is wished, or wait for a restart. */
  List<PostgresMember> pending() {
    return situation.members().members().stream()
        .filter(m -> situation.isOutdated(m) || m.state().pendingRestart())
        .toList();
  }

  /** Why the primary cannot be changed although it should be. */
  Optional<String> obstacle() {
    return situation
        .members()
        .primary()
        .filter(m -> situation.members().isComplete() && situation.members().desired() > 1)
        .filter(m -> situation.haveAllTold() && next().isEmpty() && pending().contains(m))
        .map(m -> "no replica can take over from " + m.name());
  }

  private Optional<Wish> next(PostgresMember primary) {
    var need = new RestartNeed(situation, primary);
    var replicas = situation.members().replicas();
    var behind = replicas.stream().filter(m -> !m.state().isStreaming()).toList();
    if (behind.stream().anyMatch(m -> !need.of(m))) {
      return Optional.empty();
    }
    return (behind.isEmpty() ? replicas : behind)
        .stream()
            .filter(need::of)
            .max(Comparator.comparingInt(PostgresMember::ordinal))
            .map(this::restart)
            .or(() -> change(primary, need));
  }

  private Optional<Wish> change(PostgresMember primary, RestartNeed need) {
    if (situation.haveAllTold() && !primary.state().primaryFirst().isEmpty()) {
      return Optional.of(restartInPlace(primary));
    }
    if (!need.of(primary)) {
      return Optional.empty();
    }
    if (situation.members().desired() == 1) {
      return Optional.of(restart(primary));
    }
    return situation.candidates().best().map(candidate -> switchover(primary, candidate));
  }

  private Wish restart(PostgresMember member) {
    return new Wish.Remove(
        member.pod(),
        Wish.Cascade.DEPENDENTS,
        Decision.normal(
            "Restarting", "restarting %s: %s".formatted(member.name(), reason(member))));
  }

  /** Read by the agent in the pod; Patroni then restarts the server without giving up its place. */
  private static Wish restartInPlace(PostgresMember primary) {
    var request =
        primary.state().primaryFirst().stream()
            .map(ParameterChange::toString)
            .sorted()
            .collect(Collectors.joining(","));
    return new Wish.Amend(
        new PodBuilder()
            .withNewMetadata()
            .withName(primary.name())
            .withUid(primary.pod().getMetadata().getUid())
            .addToAnnotations(Mounts.RESTART, request)
            .endMetadata()
            .build());
  }

  private Wish switchover(PostgresMember primary, PostgresMember candidate) {
    return new Wish.External(
        new Switchover(
            situation.part().cluster(), primary.name(), candidate.name(), reason(primary)));
  }

  private String reason(PostgresMember member) {
    if (situation.isOutdated(member)) {
      return "it runs an old revision";
    }
    return "parameters wait for a restart: "
        + member.state().changes().stream()
            .map(ParameterChange::toString)
            .collect(Collectors.joining(", "));
  }
}
