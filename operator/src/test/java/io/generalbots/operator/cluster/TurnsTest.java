package io.generalbots.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatusBuilder;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes an event when one status follows another. */
class TurnsTest {

  private static final Condition NOT_READY =
      Conditions.of("Ready", false, "SwitchoverPending", "to demo-postgres-1");
  private static final Condition PENDING =
      Conditions.of("PostgresReady", false, "SwitchoverPending", "to demo-postgres-1");
  private static final Condition FAILED =
      Conditions.of("PostgresReady", false, "ApplyFailed", "pausing the poolers: no answer");

  @Test
  void aFaultIsToldThoughTheClusterWasNotReadyBefore() {
    assertThat(turns(List.of(NOT_READY, PENDING), List.of(NOT_READY, FAILED)))
        .containsExactly(
            new Decision("ApplyFailed", "PostgresReady: pausing the poolers: no answer", true));
  }

  @Test
  void theSameFaultAgainIsNotTold() {
    assertThat(turns(List.of(NOT_READY, FAILED), List.of(NOT_READY, FAILED))).isEmpty();
  }

  @Test
  void anotherFaultIsTold() {
    var other = Conditions.of("PostgresReady", false, "ApplyFailed", "no primary");
    assertThat(turns(List.of(NOT_READY, FAILED), List.of(NOT_READY, other)))
        .extracting(Decision::message)
        .containsExactly("PostgresReady: no primary");
  }

  @Test
  void readinessIsToldWhenItTurns() {
    var ready = Conditions.of("Ready", true, "AllReady", "every component is ready");
    assertThat(turns(List.of(), List.of(NOT_READY))).isEmpty();
    assertThat(turns(List.of(NOT_READY), List.of(ready)))
        .extracting(Decision::reason)
        .containsExactly("Ready");
    assertThat(turns(List.of(ready), List.of(NOT_READY)))
        .extracting(Decision::reason)
        .containsExactly("NotReady");
  }

  private static List<Decision> turns(List<Condition> before, List<Condition> now) {
    var cluster = new BotCluster();
    cluster.setStatus(status(before));
    return Turns.between(cluster, status(now));
  }

  private static BotClusterStatus status(List<Condition> conditions) {
    return new BotClusterStatusBuilder().conditions(conditions).build();
  }
}
