package io.generalbots.operator.cluster;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Health;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether the loss of any one pod goes unnoticed. */
final class HighAvailability {

  private static final String TYPE = "HighlyAvailable";

  /** Those that nobody waits for: rooms go on without, and so do bot servers. */
  private static final Set<String> BESIDE = Set.of("recording", "transcription", "llm");

  private HighAvailability() {}

  static Condition condition(Map<String, Health> healths) {
    return single(healths)
        .map(name -> Conditions.of(TYPE, false, "SingleInstance", name + " has one instance only"))
        .or(() -> missing(healths))
        .orElseGet(
            () -> Conditions.of(TYPE, true, "Redundant", "the loss of any one pod is bridged"));
  }

  private static Optional<String> single(Map<String, Health> healths) {
    return serving(healths)
        .filter(e -> e.getValue().instances().desired() == 1)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Optional<Condition> missing(Map<String, Health> healths) {
    return serving(healths)
        .map(Map.Entry::getValue)
        .filter(h -> !h.isSettled())
        .findFirst()
        .map(h -> Conditions.of(TYPE, false, h.reason(), h.message()));
  }

  private static Stream<Map.Entry<String, Health>> serving(Map<String, Health> healths) {
    return healths.entrySet().stream().filter(e -> !BESIDE.contains(e.getKey()));
  }
}
