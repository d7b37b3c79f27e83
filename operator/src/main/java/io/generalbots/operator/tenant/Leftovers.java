package io.generalbots.operator.tenant;

import io.generalbots.api.v1alpha1.tenant.StoreState;
import io.generalbots.api.v1alpha1.tenant.StoreStatus;
import io.generalbots.operator.kernel.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a round at a Tenant's end did not come to its own end, by store.
 *
 * @param outcome what the round came to
 */
record Leftovers(Outcome outcome) {

  boolean isEmpty() {
    return stores().isEmpty();
  }

  /** The state of each store, or of the registration, that is not done with. */
  List<StoreStatus> stores() {
    return outcome.results().entrySet().stream()
        .flatMap(e -> state(e.getKey(), e.getValue()).stream())
        .toList();
  }

  /** All of them, with what is in the way. */
  String words() {
    return stores().stream()
        .map(s -> s.name() + ": " + s.message())
        .collect(Collectors.joining("; "));
  }

  private static Optional<StoreStatus> state(String name, Outcome.Result result) {
    var failure = result.failure().map(e -> String.valueOf(e.getMessage()));
    var refused = Optional.of(String.join(", ", result.refused())).filter(text -> !text.isEmpty());
    return Stream.of(
            failure.map(m -> new StoreStatus(name, StoreState.FAILED, m)),
            result.underway().map(m -> new StoreStatus(name, StoreState.PENDING, m)),
            refused.map(m -> new StoreStatus(name, StoreState.CONFLICT, m)))
        .flatMap(Optional::stream)
        .findFirst();
  }
}
