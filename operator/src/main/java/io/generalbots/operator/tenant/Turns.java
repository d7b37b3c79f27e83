package io.generalbots.operator.tenant;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.StoreState;
import io.generalbots.api.v1alpha1.tenant.StoreStatus;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What turned between two statuses of a Tenant and is worth telling as an event. */
final class Turns {

  private static final Set<String> TOLD =
      Set.of("Ready", "Stalled", "Suspended", "Isolated", "LimitExceeded", "ConfigurationWarning");

  /** That these hold is as it should be. */
  private static final Set<String> GOOD = Set.of("Ready", "Isolated");

  private Turns() {}

  static List<Decision> between(Tenant before, TenantStatus now) {
    var former = Optional.ofNullable(before.getStatus());
    var conditions = former.map(TenantStatus::conditions).orElse(List.of());
    var stores = former.map(TenantStatus::stores).orElse(List.of());
    return Stream.concat(
            now.conditions().stream()
                .filter(c -> TOLD.contains(c.getType()))
                .flatMap(c -> turn(c, conditions)),
            now.stores().stream().filter(s -> !stores.contains(s)).flatMap(Turns::failure))
        .toList();
  }

  /** A fault of one store, told when it comes and when it becomes another one. */
  private static Stream<Decision> failure(StoreStatus store) {
    return store.state() == StoreState.FAILED
        ? Stream.of(Decision.warning(Outcome.APPLY_FAILED, store.name() + ": " + store.message()))
        : Stream.empty();
  }

  private static Stream<Decision> turn(Condition now, List<Condition> former) {
    return !isUnknown(now) && Conditions.hasTurned(now, former)
        ? Stream.of(decision(now))
        : Stream.empty();
  }

  /** Of what nobody can tell there is nothing to tell. */
  private static boolean isUnknown(Condition condition) {
    return "Unknown".equals(condition.getStatus());
  }

  private static Decision decision(Condition now) {
    var on = "True".equals(now.getStatus());
    var isBad = !"Suspended".equals(now.getType()) && GOOD.contains(now.getType()) != on;
    return new Decision(
        (on ? "" : "Not") + now.getType(), now.getReason() + ": " + now.getMessage(), isBad);
  }
}
