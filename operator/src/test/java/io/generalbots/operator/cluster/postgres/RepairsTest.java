package io.generalbots.operator.cluster.postgres;

import static io.generalbots.operator.cluster.postgres.Server.primary;
import static io.generalbots.operator.cluster.postgres.Server.replica;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Pods that would not get well by waiting. */
class RepairsTest {

  private static final String SINCE = "generalbots.io/config-since";

  @Test
  void replacesEveryPodThatIsBrokenAndOutdatedAtOnce() {
    var given =
        new Given()
            .servers(
                replica(0).outdated().waiting("ImagePullBackOff", "2026-01-01T00:00:00Z"),
                primary(1).outdated().waiting("ImagePullBackOff", "2026-01-01T00:00:00Z"),
                replica(2).outdated().notReady());
    assertThat(given.deeds())
        .containsExactly(
            "remove demo-postgres-0", "remove demo-postgres-1", "remove demo-postgres-2");
  }

  @Test
  void leavesABusyPrimaryToPatroni() {
    assertThat(
            new Given().servers(replica(0), primary(1).outdated().notReady(), replica(2)).deeds())
        .isEmpty();
  }

  @Test
  void leavesAPodAloneThatBreaksWithWhatIsWished() {
    assertThat(
            new Given()
                .servers(
                    primary(0),
                    replica(1),
                    replica(2).waiting("ErrImagePull", "2026-01-01T00:00:00Z"))
                .remembering(SINCE, "2025-12-31T00:00:00Z")
                .deeds())
        .isEmpty();
  }

  @Test
  void replacesAPodThatGaveUpBeforeTheConfigurationWasMended() {
    var given =
        new Given()
            .servers(
                primary(0),
                replica(1),
                replica(2).waiting("CrashLoopBackOff", "2026-01-01T11:00:00Z"))
            .remembering(SINCE, "2026-01-01T11:30:00Z");
    assertThat(given.deeds()).containsExactly("remove demo-postgres-2");
  }

  @Test
  void leavesTheKubeletToPodsThatGaveUpSince() {
    var given =
        new Given()
            .servers(
                primary(0),
                replica(1),
                replica(2).waiting("CrashLoopBackOff", "2026-01-01T11:40:00Z"))
            .remembering(SINCE, "2026-01-01T11:30:00Z");
    assertThat(given.deeds()).isEmpty();
  }
}
