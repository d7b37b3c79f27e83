package io.generalbots.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.TenantStatusBuilder;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.tenant.place.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void whoHasJustBegunAsksSoon() {
    assertThat(Pace.of(Tenants.tenant("a", "one", 1, ""), NOW)).hasMillis(500);
    assertThat(Pace.of(waiting(Duration.ofSeconds(2)), NOW)).hasMillis(500);
  }

  @Test
  void whoHasWaitedForLongCanWait() {
    assertThat(Pace.of(waiting(Duration.ofSeconds(40)), NOW)).hasSeconds(8);
    assertThat(Pace.of(waiting(Duration.ofHours(1)), NOW)).hasSeconds(10);
  }

  @Test
  void whoLeavesAsksSoonToo() {
    var tenant = Tenants.tenant("a", "one", 1, "");
    tenant.getMetadata().setDeletionTimestamp(NOW.minusSeconds(1).toString());
    assertThat(Pace.ofLeaving(tenant, NOW)).hasMillis(500);
    tenant.getMetadata().setDeletionTimestamp(NOW.minusSeconds(20).toString());
    assertThat(Pace.ofLeaving(tenant, NOW)).hasSeconds(4);
  }

  private static Tenant waiting(Duration time) {
    var tenant = Tenants.tenant("a", "one", 1, "");
    var condition = Conditions.of("Provisioned", false, "Provisioning", "not yet");
    condition.setLastTransitionTime(NOW.minus(time).toString());
    tenant.setStatus(new TenantStatusBuilder().conditions(List.of(condition)).build());
    return tenant;
  }
}
