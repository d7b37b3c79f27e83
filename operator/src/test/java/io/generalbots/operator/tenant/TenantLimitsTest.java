package io.generalbots.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.tenant.StoreState;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;
import io.generalbots.operator.external.tenant.OpenDatabase;
import io.generalbots.operator.external.tenant.Usage;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Restraint;
import io.generalbots.operator.tenant.place.Tenants;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A Tenant that has more than it may, and then less again. */
class TenantLimitsTest {

  private static final long GIBIBYTE = 1L << 30;
  private static final String BOTS = "bots: [{name: sales}], ";
  private static final String LIMITS =
      BOTS + "limits: {databaseSize: 10Gi, cacheMemory: 1Gi, bucketSize: 10Gi}";

  private final Household household = new Household(Tenants.openCluster());

  @Test
  void whatItUsesIsTold() {
    household.edit(LIMITS);
    household.measure(usage(3, 0, 4));
    var usage = Objects.requireNonNull(household.settle().usage());
    assertThat(usage.databaseBytes()).isEqualTo(3 * GIBIBYTE);
    assertThat(usage.cacheBytes()).isZero();
    assertThat(usage.bucketBytes()).isEqualTo(4 * GIBIBYTE);
    assertThat(usage.vectors()).isEqualTo(10);
    assertThat(usage.bots()).isOne();
    assertThat(usage.summary()).isEqualTo("7Gi");
    assertThat(status("LimitExceeded")).isEqualTo("False WithinLimits");
    assertThat(status("ConfigurationWarning")).isEqualTo("False AllServed");
  }

  @Test
  void beforeAnythingWasMeasuredNothingIsSaidOfSizes() {
    var usage = Objects.requireNonNull(household.settle().usage());
    assertThat(usage.databaseBytes()).isNull();
    assertThat(usage.summary()).isNull();
    assertThat(status("LimitExceeded")).isEqualTo("False WithinLimits");
  }

  @Test
  void eachStoreIsHeldByItselfAndTheTenantStaysReady() {
    begin();
    household.measure(usage(3, 2, 11));
    var status = household.settle();
    assertThat(restraints())
        .isEqualTo(Map.of("valkey", Restraint.READ_ONLY, "seaweedfs", Restraint.READ_ONLY));
    assertThat(household.steps()).isEmpty();
    assertThat(status("LimitExceeded")).isEqualTo("True StoreReadOnly");
    assertThat(condition("LimitExceeded").getMessage())
        .contains("valkey: 2Gi of 1Gi", "seaweedfs: 11Gi of 10Gi")
        .doesNotContain("postgres");
    assertThat(status.phase()).isEqualTo(TenantPhase.READY);
  }

  @Test
  void aDatabaseIsReadOnlyThenClosedThenFree() {
    begin();
    household.measure(usage(11, 0, 0));
    assertThat(household.settle().phase()).isEqualTo(TenantPhase.READY);
    assertThat(step()).extracting(OpenDatabase::restraint).isEqualTo(Restraint.READ_ONLY);
    household.measure(usage(13, 0, 0));
    var closed = household.settle();
    var step = step();
    assertThat(step.restraint()).isEqualTo(Restraint.CLOSED);
    assertThat(step.turned()).isTrue();
    assertThat(closed.phase()).isEqualTo(TenantPhase.DEGRADED);
    assertThat(status("Ready")).isEqualTo("False LimitExceeded");
    assertThat(closed.stores().get(0).state()).isEqualTo(StoreState.PENDING);
    assertThat(household.isToldReady()).isFalse();
    household.edit(BOTS + "limits: {databaseSize: 20Gi, cacheMemory: 1Gi}");
    assertThat(household.settle().phase()).isEqualTo(TenantPhase.READY);
    var free = step();
    assertThat(free.restraint()).isEqualTo(Restraint.NONE);
    assertThat(free.turned()).isTrue();
    assertThat(household.settle().phase()).isEqualTo(TenantPhase.READY);
    assertThat(household.steps()).isEmpty();
  }

  /** Sessions that go on as they began are ended once; another login is no reason. */
  @Test
  void sessionsEndWhenItTurnsAndWhereThatWasCutOff() {
    begin();
    household.measure(usage(11, 0, 0));
    household.holdUp(Optional.of("2 sessions are ending"));
    household.settle();
    assertThat(household.steps()).isEmpty();
    household.holdUp(Optional.empty());
    household.settle();
    assertThat(step().turned()).isTrue();
    household.measure(usage(9, 0, 0));
    household.settle();
    assertThat(step().turned()).isTrue();
    assertThat(restraints()).isEmpty();
  }

  @Test
  void whatWasHeldStaysHeldWhileNobodyCanTell() {
    begin();
    household.measure(usage(11, 0, 11));
    household.settle();
    household.steps();
    household.measure(Optional.empty());
    household.settle();
    assertThat(restraints()).containsOnlyKeys("postgres", "seaweedfs");
    assertThat(household.steps()).isEmpty();
    assertThat(condition("LimitExceeded").getMessage())
        .contains("postgres: more than its part of 10Gi");
  }

  /** The door adds nothing then: who reads and removes is let in as before. */
  @Test
  void whoHasTooManyVectorsIsHeldUntilNineTenths() {
    household.edit(BOTS + "limits: {vectors: 9}");
    household.measure(usage(1, 0, 1));
    assertThat(household.settle().phase()).isEqualTo(TenantPhase.READY);
    assertThat(restraints()).isEqualTo(Map.of("qdrant", Restraint.READ_ONLY));
    assertThat(condition("LimitExceeded").getMessage()).startsWith("qdrant: 10 points of 9 points");
    household.edit(BOTS + "limits: {vectors: 11}");
    household.settle();
    assertThat(restraints()).containsOnlyKeys("qdrant");
    household.edit(BOTS + "limits: {vectors: 12}");
    household.settle();
    assertThat(restraints()).isEmpty();
  }

  @Test
  void aBucketOfSomebodyElseDoesNotCount() {
    household.edit(LIMITS);
    household.measure(
        Optional.of(
            new Usage(
                Optional.empty(),
                Optional.empty(),
                Optional.of(Map.of("sales.gbai", GIBIBYTE, "default.gbai", 100 * GIBIBYTE)),
                Optional.empty())));
    var usage = Objects.requireNonNull(household.settle().usage());
    assertThat(usage.bucketBytes()).isEqualTo(GIBIBYTE);
  }

  private void begin() {
    household.edit(LIMITS);
    household.measure(usage(1, 0, 1));
    household.settle();
    household.steps();
  }

  private OpenDatabase step() {
    return (OpenDatabase) List.copyOf(household.steps()).get(0);
  }

  private Map<String, Restraint> restraints() {
    return household.registration().map(Registration::restraints).orElseThrow();
  }

  private String status(String type) {
    return condition(type).getStatus() + " " + condition(type).getReason();
  }

  private Condition condition(String type) {
    TenantStatus status = household.settle();
    return status.conditions().stream()
        .filter(c -> type.equals(c.getType()))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<Usage> usage(long database, long cache, long bucket) {
    return Optional.of(
        new Usage(
            Optional.of(database * GIBIBYTE),
            Optional.of(cache * GIBIBYTE),
            Optional.of(Map.of("sales.gbai", bucket * GIBIBYTE)),
            Optional.of(10L)));
  }
}
