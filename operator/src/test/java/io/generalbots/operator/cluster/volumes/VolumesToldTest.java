package io.generalbots.operator.cluster.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatusBuilder;
import io.generalbots.api.v1alpha1.cluster.VolumeStatus;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.golden.World;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Kind;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Surroundings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of volumes that grow, and when. */
class VolumesToldTest {

  private static final String GROWING = "{size: 20Gi, autoGrow: {maxSize: 30Gi}}";
  private static final PersistentVolumeClaim TWENTY = Plates.claim(Plates.NAME, "20Gi");
  private static final BotCluster CLUSTER = cluster(GROWING);

  @Test
  void whoHasNoneIsToldNothing() {
    var plain = cluster("{size: 20Gi}");
    assertThat(VolumesLimited.of(plain, facts(seen(95), TWENTY))).isEmpty();
    assertThat(new VolumesReport(plain, facts(seen(95), TWENTY)).volumes()).isEmpty();
  }

  @Test
  void allThatGrowAreKnownAndWhatRunsElsewhereIsNot() {
    var grow = "storage: {size: 5Gi, autoGrow: {maxSize: 9Gi}}";
    var spec =
        "postgres: {%1$s}, qdrant: {enabled: true, %1$s}, vault: {mode: Managed, %1$s},"
            + " seaweedfs: {enabled: true, volumes: {%1$s}, filers: {store: Embedded, %1$s}}";
    assertThat(Disk.of(Specs.cluster(spec.formatted(grow))))
        .extracting(Disk::field)
        .containsExactly(
            "spec.postgres.storage",
            "spec.qdrant.storage",
            "spec.vault.storage",
            "spec.seaweedfs.volumes.storage",
            "spec.seaweedfs.filers.storage");
    var off =
        "postgres: {%1$s}, profile: Minimal, qdrant: {enabled: false, %1$s}, vault: {mode: Disabled, %1$s}";
    assertThat(Disk.of(Specs.cluster(off.formatted(grow))))
        .extracting(Disk::field)
        .containsExactly("spec.postgres.storage");
  }

  @Test
  void roomIsTold() {
    assertThat(limited(seen(40), TWENTY).getStatus()).isEqualTo("False");
    assertThat(limited(seen(40), TWENTY).getReason()).isEqualTo("RoomToGrow");
    assertThat(limited(seen(40), TWENTY).getMessage()).contains("postgres at 80%");
  }

  @Test
  void theEndIsToldWithTheFieldThatMovesIt() {
    var told = limited(seen(85, "30Gi"), Plates.claim(Plates.NAME, "30Gi"));
    assertThat(told.getStatus()).isEqualTo("True");
    assertThat(told.getReason()).isEqualTo("AtMaxSize");
    assertThat(told.getMessage())
        .isEqualTo(
            "data-demo-postgres-0 is 85% full, and may not grow by itself beyond 30Gi: raise"
                + " spec.postgres.storage.autoGrow.maxSize");
  }

  @Test
  void whatIsNotKnownIsTold() {
    var trouble = new VolumesSeen(Map.of(), List.of(), List.of("nobody may ask"));
    assertThat(limited(trouble, TWENTY).getReason()).isEqualTo("UsageUnknown");
    assertThat(limited(trouble, TWENTY).getMessage()).contains("nobody may ask");
    var silent = new VolumesSeen(Map.of(), List.of(Plates.NAME), List.of());
    assertThat(limited(silent, TWENTY).getMessage()).contains(Plates.NAME + " is of a kind");
  }

  @Test
  void aClassThatLetsNothingGrowIsTold() {
    var surroundings =
        new Surroundings(
            List.of(),
            Set.<Kind>of(),
            Optional.of(List.of(Plates.storageClass(false))),
            Set.of(seen(40)));
    var told = VolumesLimited.of(CLUSTER, facts(TWENTY).in(surroundings)).orElseThrow();
    assertThat(told.getReason()).isEqualTo("CannotExpand");
    assertThat(told.getMessage()).contains("StorageClass fast");
  }

  @Test
  void anOperatorThatBeginsAnewRepeatsWhatWasTold() {
    assertThat(limited(null, TWENTY).getReason()).isEqualTo("NothingMeasured");
    var full = limited(seen(85, "30Gi"), Plates.claim(Plates.NAME, "30Gi"));
    var before = cluster(GROWING);
    before.setStatus(new BotClusterStatusBuilder().conditions(List.of(full)).build());
    assertThat(VolumesLimited.of(before, facts(Plates.claim(Plates.NAME, "30Gi")))).contains(full);
  }

  @Test
  void littleChangesAreNoNews() {
    var before = told(CLUSTER, seen(50));
    assertThat(percent(before)).isEqualTo(50);
    assertThat(percent(told(after(before), seen(54)))).isEqualTo(50);
    assertThat(percent(told(after(before), seen(55)))).isEqualTo(55);
    assertThat(percent(told(after(before), seen(45)))).isEqualTo(45);
    assertThat(percent(told(after(told(CLUSTER, seen(78))), seen(80)))).isEqualTo(80);
    assertThat(percent(told(after(told(CLUSTER, seen(81))), seen(79)))).isEqualTo(79);
    assertThat(percent(told(after(before), null))).isEqualTo(50);
  }

  @Test
  void aStepIsToldOnceWithWhatItWasFor() {
    var before = told(CLUSTER, seen(78));
    var now = told(after(before), seen(83));
    assertThat(now.volumes()).containsExactly(volume(83, "24Gi"));
    assertThat(VolumesNews.between(after(before), now))
        .containsExactly(
            Decision.normal(
                "GrowingVolumes",
                "data-demo-postgres-0 is 83% full: volumes of postgres grow from 20Gi to 24Gi"));
    assertThat(VolumesNews.between(after(now), told(after(now), seen(83)))).isEmpty();
    assertThat(VolumesNews.between(CLUSTER, now)).isEmpty();
  }

  @Test
  void whatAUserHasWrittenIsNoNews() {
    var before = told(CLUSTER, seen(78));
    var larger = cluster("{size: 25Gi, autoGrow: {maxSize: 30Gi}}");
    larger.setStatus(before);
    var now = told(larger, seen(83));
    assertThat(now.volumes()).containsExactly(volume(83, "25Gi"));
    assertThat(VolumesNews.between(larger, now)).isEmpty();
  }

  private static VolumeStatus volume(int percent, String size) {
    var quantity = new Quantity(size);
    var most = new Quantity("30Gi");
    return new VolumeStatus(Plates.NAME, "postgres", quantity, most, percent);
  }

  private static int percent(BotClusterStatus status) {
    return Objects.requireNonNull(status.volumes().get(0).usedPercent());
  }

  private static BotClusterStatus told(BotCluster cluster, @Nullable VolumesSeen seen) {
    var volumes = new VolumesReport(cluster, facts(seen, TWENTY)).volumes();
    return new BotClusterStatusBuilder().volumes(volumes).build();
  }

  private static BotCluster after(BotClusterStatus status) {
    var cluster = cluster(GROWING);
    cluster.setStatus(status);
    return cluster;
  }

  private static Condition limited(@Nullable VolumesSeen seen, PersistentVolumeClaim claim) {
    return VolumesLimited.of(CLUSTER, facts(seen, claim)).orElseThrow();
  }

  private static VolumesSeen seen(int percent) {
    return seen(percent, "20Gi");
  }

  private static VolumesSeen seen(int percent, String size) {
    var fills = Map.of(Plates.NAME, Plates.fill(percent, size));
    return new VolumesSeen(fills, List.of(), List.of());
  }

  private static Facts facts(@Nullable VolumesSeen seen, HasMetadata... owned) {
    var surroundings =
        new Surroundings(
            List.of(), Set.<Kind>of(), Optional.empty(), seen == null ? Set.of() : Set.of(seen));
    return facts(owned).in(surroundings);
  }

  private static Facts facts(HasMetadata... owned) {
    return new Facts(Instant.EPOCH, new SecureEntropy(), List.of(owned), World.SETTINGS);
  }

  private static BotCluster cluster(String storage) {
    return Specs.cluster("postgres: {storage: %s}".formatted(storage));
  }
}
