package io.generalbots.operator.cluster.postgres;

import static io.generalbots.operator.cluster.postgres.Server.primary;
import static io.generalbots.operator.cluster.postgres.Server.replica;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Switchovers asked for by annotation, each value once. */
class SwitchoverRequestTest {

  private static final String TARGET = "generalbots.io/switchover-to";

  private static Given asking(String value) {
    return new Given().annotated(Names.SWITCHOVER, value);
  }

  private static Map<String, String> remembered(Given given) {
    var annotations = SwitchoverRequest.of(given.situation()).memory().annotations();
    return Map.of(
        Names.SWITCHOVER,
        annotations.getOrDefault(Names.SWITCHOVER, ""),
        TARGET,
        annotations.getOrDefault(TARGET, ""));
  }

  private static String why(Given given) {
    return PostgresHealth.of(given.situation()).message();
  }

  @Test
  void writesTheRequestDownBeforeAnythingIsDone() {
    var given = asking("demo-postgres-2").servers(primary(0), replica(1), replica(2));
    assertThat(given.deeds()).isEmpty();
    assertThat(remembered(given))
        .containsEntry(Names.SWITCHOVER, "demo-postgres-2")
        .containsEntry(TARGET, "demo-postgres-2");
  }

  @Test
  void carriesOutWhatIsWrittenDown() {
    var given =
        asking("auto")
            .remembering(Names.SWITCHOVER, "auto")
            .remembering(TARGET, "demo-postgres-2")
            .servers(primary(0), replica(1), replica(2));
    assertThat(given.deeds()).containsExactly("switch demo-postgres-0 to demo-postgres-2");
  }

  @Test
  void isDoneWhenTheTargetIsPrimary() {
    var given =
        asking("auto")
            .remembering(Names.SWITCHOVER, "auto")
            .remembering(TARGET, "demo-postgres-2")
            .servers(replica(0), replica(1), primary(2));
    assertThat(given.deeds()).isEmpty();
    assertThat(remembered(given)).containsEntry(Names.SWITCHOVER, "auto").containsEntry(TARGET, "");
  }

  @Test
  void doesNothingTwice() {
    var given =
        asking("demo-postgres-2")
            .remembering(Names.SWITCHOVER, "demo-postgres-2")
            .servers(primary(0), replica(1), replica(2));
    assertThat(given.deeds()).isEmpty();
    assertThat(remembered(given)).containsEntry(TARGET, "");
  }

  @Test
  void forgetsARequestThatWasTakenBack() {
    var given =
        new Given()
            .remembering(Names.SWITCHOVER, "demo-postgres-2")
            .remembering(TARGET, "demo-postgres-2")
            .servers(primary(0), replica(1), replica(2));
    assertThat(given.deeds()).isEmpty();
    assertThat(remembered(given)).containsEntry(Names.SWITCHOVER, "").containsEntry(TARGET, "");
  }

  @Test
  void saysWhyItWaits() {
    assertThat(why(asking("demo-postgres-7").servers(primary(0), replica(1), replica(2))))
        .isEqualTo("no member is called demo-postgres-7");
    var far =
        asking("demo-postgres-1").servers(primary(0), replica(1).behindBy(1L << 30), replica(2));
    assertThat(why(far)).contains("demo-postgres-1 is 1073741824 bytes behind");
    assertThat(far.deeds()).isEmpty();
  }

  @Test
  void choosesAnotherServerWhenTheChosenOneFailsMeanwhile() {
    var given =
        asking("auto-2")
            .remembering(Names.SWITCHOVER, "auto-2")
            .remembering(TARGET, "demo-postgres-2")
            .servers(primary(0), replica(1), replica(2).notReady());
    assertThat(given.deeds()).isEmpty();
    assertThat(remembered(given)).containsEntry(TARGET, "demo-postgres-1");
  }

  @Test
  void needsNoSwitchoverToThePrimaryItself() {
    var given = asking("demo-postgres-0").servers(primary(0), replica(1), replica(2));
    assertThat(remembered(given))
        .containsEntry(Names.SWITCHOVER, "demo-postgres-0")
        .containsEntry(TARGET, "");
  }
}
