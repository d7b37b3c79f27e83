package io.generalbots.operator.tenant.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.operator.residents.Restraint;
import io.generalbots.operator.tenant.credentials.Store;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes of how much there is, of 1000 MiB that may be. */
class ShareTest {

  private static final long MEBIBYTE = 1L << 20;

  @ParameterizedTest
  @CsvSource({
    "DATABASE, NONE, 1000, NONE",
    "DATABASE, NONE, 1001, READ_ONLY",
    "DATABASE, READ_ONLY, 901, READ_ONLY",
    "DATABASE, READ_ONLY, 900, NONE",
    "DATABASE, READ_ONLY, 1250, READ_ONLY",
    "DATABASE, NONE, 1251, CLOSED",
    "DATABASE, CLOSED, 1251, CLOSED",
    "DATABASE, CLOSED, 1250, READ_ONLY",
    "DATABASE, CLOSED, 900, NONE",
    "CACHE, NONE, 5000, READ_ONLY",
    "DRIVE, NONE, 5000, READ_ONLY",
    "DRIVE, READ_ONLY, 900, NONE",
    "VECTORS, NONE, 1000, NONE",
    "VECTORS, NONE, 5000, READ_ONLY",
    "VECTORS, READ_ONLY, 901, READ_ONLY",
    "VECTORS, READ_ONLY, 900, NONE"
  })
  void whoIsOverItComesAsFarBelowIt(
      Store store, Restraint former, long mebibytes, Restraint expected) {
    assertThat(share(store, mebibytes, former).restraint()).isEqualTo(expected);
  }

  @Test
  void whereNobodyCanTellItStaysAsItWas() {
    for (var former : Restraint.values()) {
      assertThat(new Share(Store.CACHE, 1, Optional.empty(), former).restraint()).isEqualTo(former);
    }
  }

  /** One batch of rows may be more than a quarter of it. */
  @Test
  void aSmallDatabaseHasRoomBeyondItsLimit() {
    var small = 8 * MEBIBYTE;
    assertThat(of(small, small + 64 * MEBIBYTE).restraint()).isEqualTo(Restraint.READ_ONLY);
    assertThat(of(small, small + 65 * MEBIBYTE).restraint()).isEqualTo(Restraint.CLOSED);
  }

  @Test
  void peopleAreToldHowMuchAndWhatToDo() {
    assertThat(share(Store.DRIVE, 1100, Restraint.NONE).words())
        .isEqualTo(
            "seaweedfs: 1.1Gi of 1000Mi, nothing can be added until it has no more than 900Mi:"
                + " remove some, or raise spec.limits.bucketSize");
    assertThat(share(Store.DATABASE, 2048, Restraint.NONE).words())
        .isEqualTo(
            "postgres: 2Gi of 1000Mi, closed, as it went on beyond 1.2Gi: raise"
                + " spec.limits.databaseSize to get in and remove some");
  }

  @Test
  void vectorsAreCountedAndNotWeighed() {
    assertThat(new Share(Store.VECTORS, 1_000, Optional.of(1_100L), Restraint.NONE).words())
        .isEqualTo(
            "qdrant: 1100 points of 1000 points, nothing can be added until it has no more than 900"
                + " points: remove some, or raise spec.limits.vectors");
  }

  @Test
  void sizesAreWrittenAsInAManifest() {
    assertThat(Bytes.text(0)).isEqualTo("0");
    assertThat(Bytes.text(1536)).isEqualTo("1.5Ki");
    assertThat(Bytes.text(10L << 30)).isEqualTo("10Gi");
    assertThat(Bytes.text(1L << 40)).isEqualTo("1Ti");
  }

  private static Share share(Store store, long mebibytes, Restraint former) {
    return new Share(store, 1000 * MEBIBYTE, Optional.of(mebibytes * MEBIBYTE), former);
  }

  private static Share of(long limit, long used) {
    return new Share(Store.DATABASE, limit, Optional.of(used), Restraint.NONE);
  }
}
