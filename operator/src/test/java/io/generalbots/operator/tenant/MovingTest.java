package io.generalbots.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;
import io.generalbots.operator.external.move.HandOver;
import io.generalbots.operator.external.tenant.CloseDatabase;
import io.generalbots.operator.external.tenant.Credential;
import io.generalbots.operator.external.tenant.OpenDatabase;
import io.generalbots.operator.external.tenant.RemoveDatabase;
import io.generalbots.operator.external.tenant.Room;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.tenant.place.Tenants;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Tenant whose database is on a shard, and moves to another. */
@Tag("REQ-SHARD-T")
class MovingTest {

  private static final String MOVER = "acme-mover";

  private final Household household = new Household(Tenants.openCluster());

  @Test
  void whoIsNewWaitsForAShardAndGetsItsDatabaseThere() {
    household.choose("", "all are full");
    var waiting = household.settle();
    assertThat(waiting.phase()).isEqualTo(TenantPhase.PENDING);
    assertThat(said(waiting, "Ready").getMessage()).isEqualTo("it has no shard yet: all are full");
    assertThat(household.steps()).isEmpty();

    household.choose("by-tenant-1", "");
    var settled = household.settle();
    assertThat(settled.shard()).isEqualTo("by-tenant-1");
    assertThat(databases(household.steps()))
        .contains(Tuple.tuple("demo", Room.LOGINS), Tuple.tuple("by-tenant-1", Room.DATABASE))
        .doesNotContain(Tuple.tuple("demo", Room.DATABASE));
    assertThat(household.registration().map(Registration::server)).contains("by-tenant-1");
    assertThat(said(settled, "Migrating").getReason()).isEqualTo("Settled");
  }

  @Test
  void whoWasThereStaysUntilItIsMoved() {
    household.settle();
    household.choose("demo", "");
    assertThat(household.settle().shard()).isEqualTo("demo");
    assertThat(household.registration().map(Registration::server)).contains("");
    household.steps();
    household.holdUpMove(Optional.of("Copying: 40% of about 10 rows are copied"));
    household.choose("by-tenant-1", "");
    var moving = household.settle();
    assertThat(moving.phase()).isEqualTo(TenantPhase.READY);
    assertThat(moving.shard()).isEqualTo("demo");
    assertThat(said(moving, "Migrating").getReason()).isEqualTo("Copying");
    assertThat(said(moving, "Migrating").getMessage()).contains("from demo to by-tenant-1");
    assertThat(household.registration().map(Registration::next)).contains("by-tenant-1");
  }

  @Test
  void bothServersKnowTheLoginThatCarriesAndOneThatIsHandedOverIsTheOther() {
    settledOn("demo");
    household.choose("by-tenant-1", "");
    var moved = household.settle();
    var steps = household.steps();
    assertThat(databases(steps))
        .contains(Tuple.tuple("demo", Room.DATABASE), Tuple.tuple("by-tenant-1", Room.DATABASE));
    assertThat(steps)
        .filteredOn(OpenDatabase.class::isInstance)
        .map(s -> ((OpenDatabase) s).logins().stream().map(Credential::name).toList())
        .last()
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
        .contains("tm_acme");
    assertThat(steps).hasAtLeastOneElementOfType(HandOver.class);
    assertThat(moved.shard()).isEqualTo("by-tenant-1");
    assertThat(said(moved, "Migrating").getReason()).isEqualTo("SoakingOld");
    assertThat(household.registration().orElseThrow().next()).isEmpty();
    assertThat(steps).noneMatch(RemoveDatabase.class::isInstance);
  }

  /** On the BotCluster's own server the poolers know the logins from. */
  @Test
  void theFormerCopyGoesWhenItHasSoakedAndTheLoginsStay() {
    settledOn("demo");
    household.choose("by-tenant-1", "");
    household.settle();
    household.end("move", "Complete");
    household.steps();
    household.pass(Duration.ofMinutes(14));
    household.settle();
    assertThat(household.steps()).noneMatch(RemoveDatabase.class::isInstance);
    household.pass(Duration.ofMinutes(2));
    var status = household.settle();
    var steps = household.steps();
    assertThat(steps)
        .filteredOn(RemoveDatabase.class::isInstance)
        .map(s -> ((RemoveDatabase) s).copy().cluster())
        .containsExactly("demo");
    assertThat(steps).noneMatch(CloseDatabase.class::isInstance);
    assertThat(household.has(MOVER)).isFalse();
    assertThat(said(status, "Migrating").getReason()).isEqualTo("Settled");
  }

  @Test
  void whoSaysSoNeedNotWaitForThat() {
    settledOn("demo");
    household.choose("by-tenant-1", "");
    household.settle();
    household.annotate("generalbots.io/end-soak", "by-tenant-2");
    household.settle();
    assertThat(household.has(MOVER)).isTrue();
    household.annotate("generalbots.io/end-soak", "demo");
    household.settle();
    assertThat(household.has(MOVER)).isFalse();
  }

  @Test
  void whoIsWantedBackBeforeItIsHandedOverStaysAndWhatWasCarriedGoes() {
    settledOn("demo");
    household.choose("by-tenant-1", "");
    household.round();
    household.round();
    household.holdUpMove(Optional.of("Verified: nearly"));
    household.settle();
    assertThat(household.has(MOVER)).isTrue();
    household.holdUpMove(Optional.empty());
    household.steps();
    household.choose("demo", "");
    household.settle();
    assertThat(household.steps())
        .filteredOn(HandOver.class::isInstance)
        .allMatch(s -> ((HandOver) s).isGivenUp());
    assertThat(household.has(MOVER)).as("until it is cleared up").isTrue();
    household.end("move", "Complete");
    var status = household.settle();
    assertThat(household.has(MOVER)).isFalse();
    assertThat(status.shard()).isEqualTo("demo");
    assertThat(household.steps())
        .filteredOn(s -> s instanceof RemoveDatabase || s instanceof CloseDatabase)
        .extracting(
            s -> s instanceof RemoveDatabase r ? r.copy().cluster() : ((CloseDatabase) s).cluster())
        .containsExactly("by-tenant-1", "by-tenant-1");
  }

  @Test
  void aJobThatGaveUpBeginsAgain() {
    settledOn("demo");
    household.holdUpMove(Optional.of("Copying: ."));
    household.choose("by-tenant-1", "");
    household.round();
    household.holdUpMove(Optional.empty());
    household.round();
    household.holdUpMove(Optional.of("Copying: ."));
    household.settle();
    household.end("move", "Failed");
    assertThat(job().getStatus()).isNotNull();
    household.round();
    assertThat(household.objects(Job.class)).isEmpty();
    household.round();
    assertThat(job().getStatus()).isNull();
  }

  @Test
  void withoutAPolicyItStaysWhereItIs() {
    household.choose("by-tenant-1", "");
    household.settle();
    household.forget("placement");
    var status = household.settle();
    assertThat(status.shard()).isEqualTo("by-tenant-1");
    assertThat(status.phase()).isEqualTo(TenantPhase.READY);
  }

  @Test
  void whenItGoesBothServersAreAsked() {
    household.choose("by-tenant-1", "");
    household.settle();
    household.leave();
    assertThat(String.valueOf(household.farewell().atHome().get("postgres")))
        .contains("by-tenant-1", "demo");
  }

  private void settledOn(String shard) {
    household.settle();
    household.choose(shard, "");
    household.settle();
    household.steps();
  }

  private Job job() {
    return household.objects(Job.class).get(0);
  }

  private static List<Tuple> databases(List<Step> steps) {
    return steps.stream()
        .filter(OpenDatabase.class::isInstance)
        .map(OpenDatabase.class::cast)
        .map(s -> Tuple.tuple(s.cluster(), s.room()))
        .toList();
  }

  private static Condition said(TenantStatus status, String type) {
    return status.conditions().stream()
        .filter(c -> type.equals(c.getType()))
        .findFirst()
        .orElseThrow();
  }
}
