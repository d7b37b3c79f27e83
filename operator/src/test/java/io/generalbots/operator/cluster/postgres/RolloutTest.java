package io.generalbots.operator.cluster.postgres;

import static io.generalbots.operator.cluster.postgres.Server.primary;
import static io.generalbots.operator.cluster.postgres.Server.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order in which servers are restarted. */
class RolloutTest {

  private static final String CONNECTIONS = "max_connections";

  private static List<String> deeds(Server... servers) {
    return new Given().servers(servers).deeds();
  }

  @Test
  void leavesServersAloneThatAreAsWished() {
    assertThat(deeds(replica(0), primary(1), replica(2))).isEmpty();
  }

  @Test
  void restartsTheHighestReplicaFirst() {
    assertThat(deeds(replica(0).outdated(), primary(1).outdated(), replica(2).outdated()))
        .containsExactly("remove demo-postgres-2");
  }

  @Test
  void restartsTheNextReplicaOnceTheFirstIsBack() {
    assertThat(deeds(replica(0).outdated(), primary(1).outdated(), replica(2)))
        .containsExactly("remove demo-postgres-0");
  }

  @Test
  void makesAnotherPrimaryBeforeItTouchesTheFormerOne() {
    assertThat(deeds(replica(0), primary(1).outdated(), replica(2)))
        .containsExactly("switch demo-postgres-1 to demo-postgres-0");
  }

  @Test
  void waitsForAServerThatIsNotReady() {
    assertThat(deeds(replica(0).outdated(), primary(1), replica(2).notReady())).isEmpty();
  }

  @Test
  void waitsForAServerThatStops() {
    assertThat(deeds(replica(0).outdated(), primary(1), replica(2).terminating())).isEmpty();
  }

  @Test
  void waitsForAServerThatIsReadyButDoesNotStreamYet() {
    assertThat(deeds(replica(0).outdated(), primary(1), replica(2).notStreaming())).isEmpty();
  }

  @Test
  void restartsAServerFirstThatDoesNotStreamAndNeedsTheRestart() {
    assertThat(deeds(replica(0).outdated().notStreaming(), primary(1), replica(2).outdated()))
        .containsExactly("remove demo-postgres-0");
  }

  @Test
  void doesNotSwitchToAReplicaThatIsFarBehind() {
    var far = 40L * 1024 * 1024;
    assertThat(deeds(replica(0).behindBy(far), primary(1).outdated(), replica(2).behindBy(far)))
        .isEmpty();
  }

  @Test
  void choosesTheReplicaThatIsTheLeastBehind() {
    assertThat(deeds(replica(0).behindBy(500), primary(1).outdated(), replica(2).behindBy(10)))
        .containsExactly("switch demo-postgres-1 to demo-postgres-2");
  }

  @Test
  void restartsTheOnlyServer() {
    var given = new Given().postgres("{instances: 1}").servers(primary(0).outdated());
    assertThat(given.deeds()).containsExactly("remove demo-postgres-0");
  }

  @Test
  void knowsNoOutdatedServerWhileTheControllerHasNotCaughtUp() {
    var given = new Given().having(replica(0).outdated().pod(), primary(1).outdated().pod());
    var ahead =
        new StatefulSetBuilder(Given.set(2, "20Gi"))
            .editMetadata()
            .withGeneration(2L)
            .endMetadata()
            .build();
    assertThat(given.postgres("{instances: 2}").having(ahead).deeds()).isEmpty();
  }

  @Test
  void restartsServersWhoseParametersWaitForIt() {
    assertThat(
            deeds(
                replica(0).pending("shared_buffers", 128, 64),
                primary(1).pending("shared_buffers", 128, 64),
                replica(2).pending("shared_buffers", 128, 64)))
        .containsExactly("remove demo-postgres-2");
  }

  @Test
  void restartsThePrimaryInPlaceForWhatItHasToTakeFirst() {
    assertThat(
            deeds(
                replica(0).pending(CONNECTIONS, 200, 100),
                primary(1).pending(CONNECTIONS, 200, 100),
                replica(2).pending(CONNECTIONS, 200, 100)))
        .containsExactly("ask demo-postgres-1 for max_connections=100");
  }

  @Test
  void restartsReplicasFirstForMoreConnections() {
    assertThat(
            deeds(
                replica(0).pending(CONNECTIONS, 100, 200),
                primary(1).pending(CONNECTIONS, 100, 200),
                replica(2)))
        .containsExactly("remove demo-postgres-0");
  }

  @Test
  void letsReplicasFollowOnceThePrimaryWasRestartedInPlace() {
    assertThat(deeds(replica(0).pending(CONNECTIONS, 200, 100), primary(1), replica(2)))
        .containsExactly("remove demo-postgres-0");
  }

  @Test
  void restartsAReplicaForLessOnlyWhenItStreamsFromTheRestartedPrimary() {
    assertThat(
            deeds(replica(0).pending(CONNECTIONS, 200, 100).notStreaming(), primary(1), replica(2)))
        .isEmpty();
  }

  @Test
  void waitsUntilAllHaveToldWhatAChangeMeansToThem() {
    var given =
        new Given()
            .remembering("generalbots.io/config-since", "2026-01-01T11:59:58Z")
            .servers(
                replica(0).pending(CONNECTIONS, 200, 100),
                primary(1).pending("shared_buffers", 128, 64),
                replica(2));
    assertThat(given.deeds()).isEmpty();
    assertThat(Postgres.nextLook(given.situation().cluster(), given.situation().facts()))
        .contains(Instant.parse("2026-01-01T12:00:08Z"));
  }

  @Test
  void looksAgainOnlyWhileSomethingWaitsOnTime() {
    var well = new Given().servers(replica(0), primary(1), replica(2)).situation();
    assertThat(Postgres.nextLook(well.cluster(), well.facts())).isEmpty();
    var far = 40L * 1024 * 1024;
    var late =
        new Given()
            .servers(replica(0).behindBy(far), primary(1).outdated(), replica(2).behindBy(far))
            .situation();
    assertThat(Postgres.nextLook(late.cluster(), late.facts())).isPresent();
  }
}
