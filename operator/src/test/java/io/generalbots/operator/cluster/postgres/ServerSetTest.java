package io.generalbots.operator.cluster.postgres;

import static io.generalbots.operator.cluster.postgres.Server.primary;
import static io.generalbots.operator.cluster.postgres.Server.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.generalbots.operator.kernel.Wish;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The StatefulSet and its volumes. */
class ServerSetTest {

  private static final String LARGER = "{storage: {size: 30Gi}}";

  private static Optional<StatefulSet> set(Given given) {
    return given.wishes().stream()
        .filter(Wish.Managed.class::isInstance)
        .map(w -> ((Wish.Managed) w).object())
        .filter(StatefulSet.class::isInstance)
        .map(StatefulSet.class::cast)
        .findFirst();
  }

  private static List<Quantity> grown(Given given) {
    return given.wishes().stream()
        .filter(Wish.Amend.class::isInstance)
        .map(w -> ((Wish.Amend) w).object())
        .filter(PersistentVolumeClaim.class::isInstance)
        .map(c -> ((PersistentVolumeClaim) c).getSpec().getResources().getRequests().get("storage"))
        .toList();
  }

  private static Given three() {
    return new Given().servers(primary(0), replica(1), replica(2));
  }

  @Test
  void growsTheVolumesAndReplacesTheSetUnderItsPods() {
    var given =
        three()
            .postgres(LARGER)
            .having(
                Claims.of("data-demo-postgres-0", "20Gi"),
                Claims.of("data-demo-postgres-1", "30Gi"));
    assertThat(grown(given)).containsExactly(new Quantity("30Gi"));
    assertThat(set(given)).isEmpty();
    assertThat(given.wishes())
        .filteredOn(Wish.Remove.class::isInstance)
        .singleElement()
        .satisfies(w -> assertThat(((Wish.Remove) w).cascade()).isEqualTo(Wish.Cascade.ORPHAN));
  }

  @Test
  void saysNothingToASetThatIsOnItsWayOut() {
    var leaving =
        new StatefulSetBuilder(Given.set(3, "20Gi"))
            .editMetadata()
            .withDeletionTimestamp("2026-01-01T00:00:00Z")
            .endMetadata()
            .build();
    var given =
        new Given()
            .postgres(LARGER)
            .having(primary(0).outdated().pod(), replica(1).pod(), replica(2).pod(), leaving);
    assertThat(set(given)).isEmpty();
    assertThat(given.deeds()).isEmpty();
  }

  @Test
  void neverAsksForLessThanThereIs() {
    var given =
        three()
            .postgres("{storage: {size: 10Gi}}")
            .having(Claims.of("data-demo-postgres-0", "20Gi"));
    assertThat(grown(given)).isEmpty();
    assertThat(
            set(given)
                .orElseThrow()
                .getSpec()
                .getVolumeClaimTemplates()
                .get(0)
                .getSpec()
                .getResources()
                .getRequests())
        .containsEntry("storage", new Quantity("20Gi"));
  }

  @Test
  void tellsThatAVolumeHasNotItsSizeYet() {
    var given =
        new Given()
            .postgres(LARGER)
            .having(primary(0).pod(), replica(1).pod(), replica(2).pod(), Given.set(3, "30Gi"))
            .having(Claims.growing("data-demo-postgres-0", "30Gi", "20Gi"));
    assertThat(PostgresHealth.of(given.situation()).reason()).isEqualTo("GrowingVolumes");
  }

  @Test
  void keepsVolumesUnlessTheSpecSaysOtherwise() {
    var policy = set(three()).orElseThrow().getSpec().getPersistentVolumeClaimRetentionPolicy();
    assertThat(policy.getWhenDeleted()).isEqualTo("Retain");
    assertThat(policy.getWhenScaled()).isEqualTo("Retain");
    var delete = set(three().spec("reclaimPolicy: Delete")).orElseThrow();
    assertThat(delete.getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenDeleted())
        .isEqualTo("Delete");
  }

  @Test
  void parametersChangeNoPod() {
    var changed = three().postgres("{parameters: {work_mem: 8MB}, patroni: {ttlSeconds: 60}}");
    assertThat(set(changed)).isEqualTo(set(three()));
  }
}
