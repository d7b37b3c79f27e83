package io.generalbots.operator.cluster.volumes;

import static io.generalbots.operator.cluster.volumes.Plates.NAME;
import static io.generalbots.operator.cluster.volumes.Plates.claim;
import static io.generalbots.operator.cluster.volumes.Plates.fill;
import static io.generalbots.operator.cluster.volumes.Plates.growth;
import static io.generalbots.operator.cluster.volumes.Plates.storage;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.generalbots.api.v1alpha1.shared.Storage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which size volumes should have. */
class GrowthTest {

  private static final Storage GROWING = storage("20Gi", "30Gi");
  private static final PersistentVolumeClaim TWENTY = claim(NAME, "20Gi");

  @ParameterizedTest
  @CsvSource({
    "79, 20Gi",
    "80, 24Gi",
    "100, 24Gi",
  })
  void itGrowsByAFifthFromTheThresholdOn(int percent, String size) {
    assertThat(growth(GROWING, TWENTY, fill(percent, "20Gi")).size()).hasToString(size);
  }

  @ParameterizedTest
  @CsvSource({
    "300Mi, 360Mi",
    "1Gi, 1229Mi",
    "5Gi, 6144Mi",
    "8Gi, 9831Mi",
    "9Gi, 11Gi",
    "50G, 56Gi",
    "1Ti, 1229Gi",
    "1500000000, 1717Mi",
  })
  void stepsEndAtWholeUnits(String size, String next) {
    var storage = storage(size, "9Ti");
    assertThat(growth(storage, claim(NAME, size), fill(90, size)).size()).hasToString(next);
  }

  @Test
  void theLastStepEndsAtMaxSize() {
    assertThat(growth(GROWING, claim(NAME, "29Gi"), fill(95, "29Gi")).size()).hasToString("30Gi");
  }

  @Test
  void atMaxSizeItStaysAndThatIsTold() {
    var most = growth(GROWING, claim(NAME, "30Gi"), fill(95, "30Gi"));
    assertThat(most.size()).hasToString("30Gi");
    assertThat(most.atMost()).hasSize(1);
    assertThat(growth(GROWING, claim(NAME, "30Gi"), fill(70, "30Gi")).atMost()).isEmpty();
  }

  @Test
  void whatHasMoreThanMaxSizeKeepsIt() {
    assertThat(growth(GROWING, claim(NAME, "40Gi"), fill(95, "40Gi")).size()).hasToString("40Gi");
  }

  @Test
  void allOfASetGrowWithTheFullest() {
    var claims = List.of(claim("a", "20Gi"), claim("b", "20Gi"), claim("c", "20Gi"));
    var fills = Map.of("a", fill(10, "20Gi"), "b", fill(81, "20Gi"));
    assertThat(growth(GROWING, claims, fills).size()).hasToString("24Gi");
  }

  @Test
  void aNewOneIsAsLargeAsTheOthers() {
    var claims = List.of(claim("a", "24Gi"), claim("b", "20Gi"));
    assertThat(growth(GROWING, claims, Map.of()).size()).hasToString("24Gi");
  }

  @Test
  void whatGrowsIsWaitedFor() {
    var fill = fill(95, "20Gi");
    assertThat(growth(GROWING, claim(NAME, "24Gi", "20Gi"), fill).size()).hasToString("24Gi");
  }

  @Test
  void aUserWhoAsksForMoreGetsThatFirst() {
    var storage = storage("25Gi", "90Gi");
    assertThat(growth(storage, TWENTY, fill(95, "20Gi")).size()).hasToString("25Gi");
  }

  @Test
  void oneThatWaitsForItsVolumeKeepsNobodyFromGrowing() {
    var pending = new PersistentVolumeClaimBuilder(claim("b", "20Gi")).withStatus(null).build();
    var growth = growth(GROWING, List.of(TWENTY, pending), Map.of(NAME, fill(90, "20Gi")));
    assertThat(growth.size()).hasToString("24Gi");
  }

  @Test
  void fromWhatWasSeenBeforeItGrewNothingIsDecidedAgain() {
    var before = fill(95, "20Gi");
    var marks = new Claim(TWENTY).marks(new Quantity("24Gi"), Optional.of(before));
    var grown = annotated(claim(NAME, "24Gi"), marks);
    assertThat(growth(GROWING, grown, before).size()).hasToString("24Gi");
    assertThat(growth(GROWING, grown, fill(90, "24Gi")).size()).hasToString("29Gi");
  }

  @Test
  void aMarkOutlivesAStepOfWhichNothingIsSeen() {
    var marked = annotated(TWENTY, Map.of(Claim.GROWN_BEYOND, "17"));
    assertThat(new Claim(marked).marks(new Quantity("24Gi"), Optional.empty()))
        .containsEntry(Claim.GROWN_BEYOND, "17");
    assertThat(new Claim(TWENTY).marks(new Quantity("24Gi"), Optional.empty())).isEmpty();
  }

  @Test
  void aMarkThatSomebodySpoiledMeansNothing() {
    var spoiled = annotated(TWENTY, Map.of(Claim.GROWN_BEYOND, "-1e9"));
    assertThat(growth(GROWING, spoiled, fill(90, "20Gi")).size()).hasToString("24Gi");
  }

  @Test
  void aFileSystemFarSmallerThanItsVolumeIsNotOfNow() {
    assertThat(growth(GROWING, TWENTY, fill(95, "9Gi")).size()).hasToString("20Gi");
  }

  @Test
  void withoutAutoGrowTheSpecAloneCounts() {
    var plain = new Storage(new Quantity("20Gi"), null, null);
    assertThat(growth(plain, claim(NAME, "24Gi"), fill(99, "24Gi")).size()).hasToString("20Gi");
    assertThat(growth(plain, claim(NAME, "24Gi"), fill(99, "24Gi")).atMost()).isEmpty();
  }

  @Test
  void aClassThatLetsNothingGrowIsToldAndNotTried() {
    var growth = known(false);
    assertThat(growth.size()).hasToString("20Gi");
    assertThat(growth.obstacles())
        .containsExactly("StorageClass fast of data-demo-postgres-0 lets no volume grow");
    assertThat(known(true).size()).hasToString("24Gi");
    assertThat(known(true).obstacles()).isEmpty();
  }

  @Test
  void whoWasToMakeItGrowAndDidNotIsHeard() {
    var failed =
        new PersistentVolumeClaimBuilder(claim(NAME, "24Gi", "20Gi"))
            .editStatus()
            .withConditions(
                new PersistentVolumeClaimConditionBuilder()
                    .withType("ControllerResizeError")
                    .withStatus("True")
                    .withMessage("out of disks")
                    .build())
            .endStatus()
            .build();
    assertThat(growth(GROWING, failed, fill(95, "20Gi")).obstacles())
        .containsExactly("data-demo-postgres-0 does not grow: out of disks");
  }

  private static Growth known(boolean grows) {
    return new Growth(
        GROWING,
        List.of(new Claim(TWENTY)),
        Map.of(NAME, fill(90, "20Gi")),
        Optional.of(List.of(Plates.storageClass(grows))));
  }

  private static PersistentVolumeClaim annotated(
      PersistentVolumeClaim claim, Map<String, String> annotations) {
    return new PersistentVolumeClaimBuilder(claim)
        .editMetadata()
        .withAnnotations(annotations)
        .endMetadata()
        .build();
  }
}
