package io.generalbots.operator.cluster;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Health;
import java.util.Map;
import java.util.Optional;

/** Whether the loss of any one pod goes unnoticed. */
final class HighAvailability {

  private static final String TYPE = "HighlyAvailable";

  private HighAvailability() {}

  static Condition condition(Map<String, Health> healths) {
    return single(healths)
        .map(name -> Conditions.of(TYPE, false, "SingleInstance", name + " has one instance only"))
        .or(() -> missing(healths))
        .orElseGet(
            () -> Conditions.of(TYPE, true, "Redundant", "the loss of any one pod is bridged"));
  }

  private static Optional<String> single(Map<String, Health> healths) {
    return healths.entrySet().stream()
        .filter(e -> e.getValue().instances().desired() == 1)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Optional<Condition> missing(Map<String, Health> healths) {
    return healths.values().stream()
        .filter(h -> !h.isSettled())
        .findFirst()
        .map(h -> Conditions.of(TYPE, false, h.reason(), h.message()));
  }
}
