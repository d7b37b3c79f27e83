package io.generalbots.operator.tenant;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long the data of a Tenant stays that is gone.
 *
 * @param tenant whose it is
 * @param now taken for its end if it has none yet
 */
record Retention(Tenant tenant, Instant now) {

  /** Whoever asks for more asks for ever. */
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  boolean keepsData() {
    return tenant.getSpec().reclaimPolicy() == ReclaimPolicy.RETAIN;
  }

  /** When its Tenant was deleted. */
  Instant since() {
    return Optional.ofNullable(tenant.getMetadata().getDeletionTimestamp())
        .map(Instant::parse)
        .orElse(now);
  }

  /** When the data goes too; empty if it goes with the Tenant, or never. */
  Optional<Instant> shredAfter() {
    return Optional.ofNullable(tenant.getSpec().retainFor())
        .map(period -> since().plus(length(period)))
        .filter(at -> keepsData() && at.isBefore(LAST));
  }

  /** A length such as 90s, 15m, 4h, 30d or 2w. */
  private static Duration length(String period) {
    var last = period.length() - 1;
    var count = Long.parseLong(period.substring(0, last));
    return switch (period.charAt(last)) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      case 'd' -> Duration.ofDays(count);
      case 'w' -> Duration.ofDays(7 * count);
      default -> throw new IllegalArgumentException("the definition lets no such period in");
    };
  }
}
