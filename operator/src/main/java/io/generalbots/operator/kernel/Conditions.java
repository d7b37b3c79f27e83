package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Conditions in the shape of the Kubernetes API conventions. */
public final class Conditions {

  private Conditions() {}

  /** A condition without its transition time, which {@link #timed} knows. */
  public static Condition of(String type, boolean status, String reason, String message) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status ? "True" : "False")
        .withReason(reason)
        .withMessage(message)
        .build();
  }

  /** A condition of which nobody can tell whether it holds. */
  public static Condition unknown(String type, String reason, String message) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus("Unknown")
        .withReason(reason)
        .withMessage(message)
        .build();
  }

  /** The same conditions, each dated by its last change of status. */
  public static List<Condition> timed(
      List<Condition> conditions, List<Condition> previous, long generation, Instant now) {
    return conditions.stream()
        .map(c -> new ConditionBuilder(c).withObservedGeneration(generation))
        .map(c -> c.withLastTransitionTime(transition(c.build(), previous, now)).build())
        .toList();
  }

  /** Whether this type is among them and True. */
  public static boolean isTrue(List<Condition> conditions, String type) {
    return conditions.stream()
        .anyMatch(c -> type.equals(c.getType()) && "True".equals(c.getStatus()));
  }

  /** Whether its status is another one. One that appears False is the normal start. */
  public static boolean hasTurned(Condition now, List<Condition> previous) {
    var before =
        previous.stream()
            .filter(p -> now.getType().equals(p.getType()))
            .map(Condition::getStatus)
            .findFirst()
            .orElse("False");
    return !now.getStatus().equals(before);
  }

  private static String transition(Condition current, List<Condition> previous, Instant now) {
    return previous.stream()
        .filter(p -> current.getType().equals(p.getType()))
        .filter(p -> current.getStatus().equals(p.getStatus()))
        .map(Condition::getLastTransitionTime)
        .findFirst()
        .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
