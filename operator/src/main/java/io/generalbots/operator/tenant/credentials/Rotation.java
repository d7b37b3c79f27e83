package io.generalbots.operator.tenant.credentials;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Wish;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * How often the logins of a Tenant were replaced; kept on the seed that they are made from.
 *
 * @param generation how many came before the ones of now
 * @param since when those of now were made
 * @param seen the wish for new ones that was fulfilled last; empty if none was
 */
public record Rotation(int generation, Instant since, String seen) {

  /** A user writes it to have new credentials at once; every new value replaces them once. */
  public static final String ROTATE = "generalbots.io/rotate";

  private static final String GENERATION = "generalbots.io/generation";
  private static final String SINCE = "generalbots.io/generated-at";
  private static final String SEEN = "generalbots.io/rotated-for";

  /** As the seed tells; what people made of its annotations is taken for nothing said. */
  static Rotation of(Secret seed, Instant now) {
    var told = Objects.annotations(seed);
    var created = Optional.ofNullable(seed.getMetadata().getCreationTimestamp());
    return new Rotation(
        Said.number(told.get(GENERATION)).orElse(0),
        Said.time(told.get(SINCE)).or(() -> created.flatMap(Said::time)).orElse(now),
        told.getOrDefault(SEEN, ""));
  }

  /**
   * What it should be: one further if that is due, and nothing is left of the one before.
   *
   * @param settled whether every store is through with the last one
   */
  Rotation next(Tenant tenant, Instant now, boolean settled) {
    var asked = Objects.annotations(tenant).getOrDefault(ROTATE, "");
    var isAsked = !asked.isEmpty() && !asked.equals(seen);
    if (settled && (isAsked || !now.isBefore(due(tenant)))) {
      return new Rotation(generation + 1, now.truncatedTo(ChronoUnit.SECONDS), asked);
    }
    return asked.isEmpty() ? new Rotation(generation, since, "") : this;
  }

  /** When age alone is a reason. */
  public Instant due(Tenant tenant) {
    return since.plus(Duration.ofDays(tenant.getSpec().rotation().everyDays()));
  }

  /** Notes it on the seed. */
  Wish note(Secret seed) {
    return new Wish.Amend(
        new SecretBuilder()
            .withNewMetadata()
            .withName(seed.getMetadata().getName())
            .withUid(seed.getMetadata().getUid())
            .withAnnotations(
                Map.of(
                    GENERATION, String.valueOf(generation),
                    SINCE, since.toString(),
                    SEEN, seen))
            .endMetadata()
            .build());
  }
}
