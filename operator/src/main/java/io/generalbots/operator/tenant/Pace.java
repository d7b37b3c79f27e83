package io.generalbots.operator.tenant;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.residents.Carriers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How soon a Tenant asks again for what is not there yet: the longer it has waited, the longer it
 * can wait, so that a thousand that wait for one store leave time to others.
 */
final class Pace {

  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** What tells since when something is waited for. */
  private static final List<String> TOLD = List.of("Provisioned", "CredentialsFresh");

  private Pace() {}

  /** What carries a database tells nobody when it is there. */
  private static final Duration OF_MOVES = Duration.ofSeconds(2);

  /** A fifth of the time that it has waited for the newest of what it waits for. */
  static Duration of(Tenant tenant, Instant now, Outcome outcome) {
    return outcome.of(Carriers.MOVE).underway().isPresent() ? OF_MOVES : of(tenant, now);
  }

  static Duration of(Tenant tenant, Instant now) {
    return Optional.ofNullable(tenant.getStatus()).map(TenantStatus::conditions).stream()
        .flatMap(List::stream)
        .filter(c -> TOLD.contains(c.getType()) && "False".equals(c.getStatus()))
        .map(Condition::getLastTransitionTime)
        .max(Comparator.naturalOrder())
        .map(since -> since(since, now))
        .orElse(SHORTEST);
  }

  /** A fifth of the time that one waits to be gone. */
  static Duration ofLeaving(Tenant tenant, Instant now) {
    return Optional.ofNullable(tenant.getMetadata().getDeletionTimestamp())
        .map(since -> since(since, now))
        .orElse(SHORTEST);
  }

  private static Duration since(String time, Instant now) {
    return within(Duration.between(Instant.parse(time), now).dividedBy(5));
  }

  private static Duration within(Duration pace) {
    return pace.compareTo(SHORTEST) < 0 ? SHORTEST : pace.compareTo(LONGEST) > 0 ? LONGEST : pace;
  }
}
