package io.generalbots.operator.cluster.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.generalbots.operator.external.drive.DriveFile;
import io.generalbots.operator.golden.World;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Part;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The copy is written once for each change and each store, and nobody asks in between. */
class DriveCopyTest {

  private static final Part PART = new Part("demo", "config");

  @Test
  void whatIsNotThereYetIsWrittenAndNoted() {
    var wishes = copy("one", List.of()).wishes("a,1\n");
    assertThat(wishes).hasSize(2);
    assertThat(((Wish.External) wishes.get(0)).step())
        .isEqualTo(new DriveFile("demo", "default.gbai", "default.gbot/config.csv", "a,1\n"));
    assertThat(Wishes.object(wishes.get(1)).orElseThrow().getMetadata().getName())
        .isEqualTo("demo-config-drive");
  }

  @Test
  void whatIsNotedIsNotWrittenAgain() {
    var known = known("one", "a,1\n");
    assertThat(copy("one", known).isWritten("a,1\n")).isTrue();
    assertThat(copy("one", known).wishes("a,1\n")).singleElement().isInstanceOf(Wish.Managed.class);
  }

  @Test
  void anotherTextOrAnotherStoreIsWritten() {
    var known = known("one", "a,1\n");
    assertThat(copy("one", known).wishes("a,2\n").get(0)).isInstanceOf(Wish.External.class);
    assertThat(copy("two", known).wishes("a,1\n").get(0)).isInstanceOf(Wish.External.class);
  }

  @Test
  void whileNoStoreServesWhatWasNotedStays() {
    var none = new DriveCopy(PART, facts(known("one", "a,1\n")), Optional.empty());
    assertThat(none.isWritten("a,1\n")).isFalse();
    assertThat(none.wishes("a,2\n")).singleElement().isInstanceOf(Wish.Managed.class);
    assertThat(new DriveCopy(PART, facts(List.of()), Optional.empty()).wishes("a,1\n")).isEmpty();
  }

  private static List<HasMetadata> known(String store, String text) {
    var noted = copy(store, List.of()).wishes(text).get(1);
    return List.of(Wishes.object(noted).orElseThrow());
  }

  private static DriveCopy copy(String store, List<HasMetadata> known) {
    return new DriveCopy(PART, facts(known), Optional.of(store));
  }

  private static Facts facts(List<HasMetadata> known) {
    return new Facts(Instant.EPOCH, new SecureEntropy(), known, World.SETTINGS);
  }
}
