package io.generalbots.operator.tenant.isolation;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kernel.Objects;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When the isolation of a Tenant is tried: within an hour of its beginning, at a moment of its own
 * so that not all Tenants are tried at once, then every day, and whenever somebody asks for it.
 *
 * @param tenant who is tried
 * @param now the time of this round
 */
record Schedule(Tenant tenant, Instant now) {

  /** A user writes it to have it tried at once; every new value asks once more. */
  static final String CHECK = "generalbots.io/check-isolation";

  private static final Duration EVERY = Duration.ofDays(1);

  /** What begins has other things to do first. */
  private static final Duration NOT_BEFORE = Duration.ofMinutes(10);

  private static final Duration WITHIN = Duration.ofMinutes(50);
  private static final int LENGTH = 8;

  /** Eight digits that name the last turn that has come; empty before the first. */
  Optional<String> turn() {
    var asked = Objects.annotations(tenant).getOrDefault(CHECK, "");
    return now.isBefore(first()) && asked.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Digest.sha256("%s|%d|%s".formatted(tenant.getMetadata().getUid(), turns(), asked))
                .substring(0, LENGTH));
  }

  /** When the next turn by time comes. */
  Instant next() {
    return first().plus(EVERY.multipliedBy(turns()));
  }

  /** How many turns have come by time. */
  private long turns() {
    var first = first();
    return now.isBefore(first) ? 0 : Duration.between(first, now).dividedBy(EVERY) + 1;
  }

  private Instant first() {
    var meta = tenant.getMetadata();
    var later = Math.floorMod(meta.getUid().hashCode(), WITHIN.toSeconds());
    return Instant.parse(meta.getCreationTimestamp()).plus(NOT_BEFORE).plusSeconds(later);
  }
}
