package io.generalbots.operator.tenant.cell;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Outcome;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the BotCluster of a Cell says of itself.
 *
 * @param cell as it was read
 */
record CellState(BotCluster cell) {

  private static final String READY = "Ready";

  private static final Set<String> UNTOLD = Set.of(Outcome.APPLY_FAILED, "Paused");

  /** The sum of all. */
  Health whole() {
    return health(READY, "%s: %%s".formatted(cell.getMetadata().getName()));
  }

  /** How one component is. */
  Health component(String name) {
    var type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + READY;
    return health(type, "%s");
  }

  /** Whether any instance of a component is ready. */
  boolean runs(String component) {
    return status().stream()
        .flatMap(s -> s.components().stream())
        .anyMatch(c -> component.equals(c.name()) && c.ready() > 0);
  }

  /**
   * Whether volumes go by this policy already, should the Cell be gone in a moment: not where a
   * round failed, or none is made.
   */
  boolean goesBy(ReclaimPolicy policy) {
    return cell.getSpec().reclaimPolicy() == policy
        && condition(READY)
            .map(Condition::getReason)
            .filter(Predicate.not(UNTOLD::contains))
            .isPresent();
  }

  private Health health(String type, String words) {
    return condition(type)
        .map(
            c ->
                "True".equals(c.getStatus())
                    ? Health.ready(words.formatted(c.getMessage()))
                    : Health.waiting(c.getReason(), words.formatted(c.getMessage())))
        .orElseGet(
            () -> Health.waiting("Provisioning", "its Cell has yet to say how it is: see there"));
  }

  /** Of the newest spec: what is said of a former one may be true no more. */
  private Optional<Condition> condition(String type) {
    return status()
        .filter(s -> Objects.equals(s.observedGeneration(), cell.getMetadata().getGeneration()))
        .flatMap(s -> s.conditions().stream().filter(c -> type.equals(c.getType())).findFirst());
  }

  private Optional<BotClusterStatus> status() {
    return Optional.ofNullable(cell.getStatus());
  }
}
