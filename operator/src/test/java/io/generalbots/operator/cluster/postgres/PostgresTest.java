package io.generalbots.operator.cluster.postgres;

import static io.generalbots.operator.cluster.postgres.Server.primary;
import static io.generalbots.operator.cluster.postgres.Server.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The plan as a whole, and how it is told. */
class PostgresTest {

  private static Health health(Server... servers) {
    return PostgresHealth.of(new Given().servers(servers).situation());
  }

  @Test
  void waitsForTheLoginWhereAnotherServerIsUsed() {
    var situation =
        new Given()
            .postgres("{external: {address: 'db.example.com:5432', secretName: db}}")
            .situation();
    var postgres = new Postgres();
    assertThat(postgres.plan(situation.cluster(), situation.facts())).isInstanceOf(Plan.Hold.class);
    assertThat(postgres.health(situation.cluster(), situation.facts()).reason())
        .isEqualTo("SecretUnusable");
  }

  @Test
  void patroniMayTouchItsOwnObjectsOnly() {
    var rules = role(new Given().spec("hibernate: true")).getRules();
    assertThat(rules)
        .filteredOn(r -> r.getVerbs().contains("patch"))
        .isNotEmpty()
        .allSatisfy(r -> assertThat(r.getResourceNames()).isNotEmpty());
    assertThat(rules)
        .flatExtracting(PolicyRule::getVerbs)
        .doesNotContain("*", "delete", "deletecollection", "update");
    assertThat(rules).flatExtracting(PolicyRule::getResources).containsOnly("pods", "configmaps");
  }

  @Test
  void patroniMayLabelEveryPodThatStillIsThere() {
    var given = new Given().postgres("{instances: 2}").servers(primary(0), replica(1), replica(2));
    assertThat(role(given).getRules())
        .flatExtracting(PolicyRule::getResourceNames)
        .contains("demo-postgres-2");
  }

  @Test
  void whatTheDataNeedsOutlivesTheCluster() {
    assertThat(new Given().wishes()).filteredOn(PostgresTest::outlives).hasSize(6);
    assertThat(new Given().spec("reclaimPolicy: Delete").wishes())
        .noneMatch(PostgresTest::outlives);
  }

  private static boolean outlives(Wish wish) {
    return wish instanceof Wish.Kept || (wish instanceof Wish.Once once && once.retained());
  }

  @Test
  void noTwoPasswordsAreTheSame() {
    var given = new Given();
    var secrets =
        given.wishes().stream()
            .filter(Wish.Once.class::isInstance)
            .map(w -> (io.fabric8.kubernetes.api.model.Secret) ((Wish.Once) w).object())
            .map(s -> s.getStringData().get("password"))
            .toList();
    assertThat(secrets).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void tellsTheWorstFirst() {
    assertThat(health(primary(0), replica(1), replica(2)).state()).isEqualTo(Health.State.READY);
    assertThat(health(replica(0), replica(1), replica(2).outdated()).reason())
        .isEqualTo("NoPrimary");
    assertThat(health(primary(0), replica(1).notReady(), replica(2)).reason())
        .isEqualTo("MembersNotReady");
    assertThat(health(primary(0), replica(1).notStreaming(), replica(2)).reason())
        .isEqualTo("ReplicasLagging");
    assertThat(health(primary(0), replica(1), replica(2).outdated()).reason())
        .isEqualTo("RollingOut");
  }

  @Test
  void tellsWhyAPodDoesNotStart() {
    var broken = replica(2).waiting("ImagePullBackOff", "2026-01-01T00:00:00Z");
    assertThat(health(primary(0), replica(1), broken).message())
        .contains("2 of 3", "demo-postgres-2: ImagePullBackOff");
  }

  @Test
  void aStateThatPatroniDidNotWriteIsUnknown() {
    for (var text : List.of("", "null", "[]", "{", "\u0000", "{\"state\":{}}")) {
      assertThat(MemberState.parse(text).isRunning()).isFalse();
    }
  }

  @Test
  void onlyFewerOfFewParametersStartWithThePrimary() {
    var shrinking = Set.of("max_connections", "max_worker_processes");
    for (var name : shrinking) {
      assertThat(new ParameterChange(name, "20", "10").startsWithPrimary()).isTrue();
      assertThat(new ParameterChange(name, "10", "20").startsWithPrimary()).isFalse();
    }
    assertThat(new ParameterChange("shared_buffers", "20", "10").startsWithPrimary()).isFalse();
    assertThat(new ParameterChange("max_connections", "20", "?").startsWithPrimary()).isFalse();
  }

  private static Role role(Given given) {
    return given.wishes().stream()
        .filter(Wish.Managed.class::isInstance)
        .map(w -> ((Wish.Managed) w).object())
        .filter(Role.class::isInstance)
        .map(Role.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
