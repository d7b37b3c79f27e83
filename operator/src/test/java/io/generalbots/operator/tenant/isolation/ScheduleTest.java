package io.generalbots.operator.tenant.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.tenant.place.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The isolation of a Tenant is tried once a day, and whenever somebody asks. */
class ScheduleTest {

  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private final Tenant tenant = Tenants.tenant("team", "acme", 1, "bots: [{name: sales}]");

  ScheduleTest() {
    tenant.getMetadata().setCreationTimestamp(BEGINNING.toString());
  }

  @Test
  void theFirstTurnComesWithinAnHour() {
    assertThat(after(Duration.ZERO).next())
        .isBetween(BEGINNING.plusSeconds(600), BEGINNING.plusSeconds(3600));
    assertThat(new Schedule(tenant, after(Duration.ZERO).next().minusSeconds(1)).turn()).isEmpty();
    assertThat(new Schedule(tenant, after(Duration.ZERO).next()).turn()).isPresent();
  }

  @Test
  void notAllTenantsAreTriedAtTheSameTime() {
    var moments = IntStream.range(0, 100).mapToObj(this::nextOf).distinct();
    assertThat(moments.count()).isGreaterThan(50);
  }

  @Test
  void aTurnStaysTheSameUntilTheNextOneIsDue() {
    var due = after(Duration.ofHours(1)).next();
    var turn = after(Duration.ofHours(1)).turn();
    assertThat(due).isAfter(BEGINNING.plus(Duration.ofDays(1)));
    assertThat(new Schedule(tenant, due.minusSeconds(1)).turn()).isEqualTo(turn);
    assertThat(new Schedule(tenant, due).turn()).isPresent().isNotEqualTo(turn);
    assertThat(new Schedule(tenant, due).next()).isEqualTo(due.plus(Duration.ofDays(1)));
  }

  @Test
  void everyNewWishOfAUserIsATurnAtOnce() {
    var before = after(Duration.ofHours(2)).turn();
    tenant.getMetadata().setAnnotations(Map.of(Schedule.CHECK, "1"));
    var asked = after(Duration.ofHours(2)).turn();
    tenant.getMetadata().setAnnotations(Map.of(Schedule.CHECK, "2"));
    assertThat(asked).isPresent().isNotEqualTo(before);
    assertThat(after(Duration.ofHours(2)).turn()).isPresent().isNotEqualTo(asked);
    assertThat(after(Duration.ZERO).turn()).as("before the first by time").isPresent();
  }

  private Instant nextOf(int number) {
    var other = Tenants.tenant("team", "acme", 1, "{}");
    other.getMetadata().setCreationTimestamp(BEGINNING.toString());
    other.getMetadata().setUid("u-" + number * 7919);
    return new Schedule(other, BEGINNING).next();
  }

  private Schedule after(Duration time) {
    return new Schedule(tenant, BEGINNING.plus(time));
  }
}
