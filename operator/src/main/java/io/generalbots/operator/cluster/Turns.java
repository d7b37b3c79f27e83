package io.generalbots.operator.cluster;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;
import io.generalbots.operator.cluster.gateway.CircuitOpen;
import io.generalbots.operator.cluster.volumes.VolumesLimited;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What turned between two statuses and is worth telling as an event. */
final class Turns {

  private static final Set<String> TOLD =
      Set.of(
          "Ready",
          "Stalled",
          "Paused",
          "HighlyAvailable",
          "ConfigurationWarning",
          "OrphansFound",
          CircuitOpen.TYPE,
          VolumesLimited.TYPE,
          "FallbackInUse");

  /** Those that are as they should be when they are True. */
  private static final Set<String> GOOD = Set.of("Ready", "HighlyAvailable");

  private Turns() {}

  static List<Decision> between(BotCluster before, BotClusterStatus now) {
    var former =
        Optional.ofNullable(before.getStatus()).map(BotClusterStatus::conditions).orElse(List.of());
    return now.conditions().stream()
        .flatMap(c -> TOLD.contains(c.getType()) ? turn(c, former) : failure(c, former))
        .toList();
  }

  /**
   * A fault of one component, told when it comes and when it becomes another one: who waits for a
   * step sees nowhere else why it is tried again, for the condition soon tells of the next try.
   */
  private static Stream<Decision> failure(Condition now, List<Condition> former) {
    var known =
        former.stream()
            .filter(f -> f.getType().equals(now.getType()))
            .anyMatch(f -> f.getMessage().equals(now.getMessage()));
    return Outcome.APPLY_FAILED.equals(now.getReason()) && !known
        ? Stream.of(
            new Decision(Outcome.APPLY_FAILED, now.getType() + ": " + now.getMessage(), true))
        : Stream.empty();
  }

  private static Stream<Decision> turn(Condition now, List<Condition> former) {
    return Conditions.hasTurned(now, former) ? Stream.of(decision(now)) : Stream.empty();
  }

  private static Decision decision(Condition now) {
    var good = GOOD.contains(now.getType());
    var on = "True".equals(now.getStatus());
    var reason = (on ? "" : "Not") + now.getType();
    var message = now.getReason() + ": " + now.getMessage();
    return new Decision(reason, message, good != on);
  }
}
