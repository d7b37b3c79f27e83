package io.generalbots.operator.kernel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What applying the plans came to, per component. */
public record Outcome(Map<String, Result> results) {

  /** The reason that is given for a component whose round ended in a fault. */
  public static final String APPLY_FAILED = "ApplyFailed";

  public Outcome {
    results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
  }

  /**
   * What applying one plan came to.
   *
   * @param decisions what was done, to be told as events
   * @param refused objects of a wanted name that belong to somebody else, as kind and name
   * @param failure the fault that ended this component's round, if any
   * @param underway the step that ended it because it needs more time, if any
   */
  public record Result(
      List<Decision> decisions,
      List<String> refused,
      Optional<RuntimeException> failure,
      Optional<String> underway) {
    public Result {
      decisions = List.copyOf(decisions);
      refused = List.copyOf(refused);
    }

    /** The result of a round that no step held up. */
    public Result(
        List<Decision> decisions, List<String> refused, Optional<RuntimeException> failure) {
      this(decisions, refused, failure, Optional.empty());
    }
  }

  /** The result of a component; empty if it had nothing to do. */
  public Result of(String component) {
    return results.getOrDefault(component, new Result(List.of(), List.of(), Optional.empty()));
  }

  /** All faults as one, the first with the others suppressed; JOSDK retries on it. */
  public Optional<RuntimeException> failure() {
    return results.values().stream()
        .flatMap(r -> r.failure().stream())
        .reduce(
            (first, next) -> {
              if (first != next) {
                first.addSuppressed(next);
              }
              return first;
            });
  }

  /** Whether a step of any component needs more time. */
  public boolean isUnderway() {
    return results.values().stream().anyMatch(r -> r.underway().isPresent());
  }

  /** The healths, with what is still being done to a component told beside its own. */
  public Map<String, Health> beside(Map<String, Health> healths) {
    var told = new LinkedHashMap<>(healths);
    told.replaceAll((name, health) -> of(name).underway().map(health::during).orElse(health));
    return told;
  }

  /** The objects of all components that belong to somebody else. */
  public List<String> refused() {
    return results.values().stream().flatMap(r -> r.refused().stream()).toList();
  }

  /** Everything decided in this round, in order. */
  public List<Decision> decisions() {
    return results.values().stream().flatMap(r -> r.decisions().stream()).toList();
  }
}
