package io.generalbots.operator.cluster.valkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.generalbots.operator.kernel.Wish;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The order in which servers are brought to a new revision. */
class RolloutTest {

  @Test
  void takesReplicasFromTheHighestDownAndThePrimaryLast() {
    assertThat(next(pod(0, Given.OLD), pod(1, Given.OLD), pod(2, Given.OLD)))
        .containsExactly("demo-valkey-2");
    assertThat(next(pod(0, Given.OLD), pod(1, Given.OLD), pod(2, Given.NEW)))
        .containsExactly("demo-valkey-0");
    assertThat(next(pod(0, Given.NEW), pod(1, Given.OLD), pod(2, Given.NEW)))
        .containsExactly("demo-valkey-1");
    assertThat(next(pod(0, Given.NEW), pod(1, Given.NEW), pod(2, Given.NEW))).isEmpty();
  }

  @Test
  void waitsWhileOneOfTheNewRevisionIsNotReady() {
    assertThat(next(pod(0, Given.OLD), pod(1, Given.OLD), Given.pod(2, Given.NEW, false)))
        .isEmpty();
  }

  @Test
  void waitsWhileOneIsMissing() {
    assertThat(next(pod(0, Given.OLD), pod(1, Given.OLD))).isEmpty();
  }

  @Test
  void replacesWhatIsStuckInAnOldRevisionAtOnce() {
    assertThat(next(pod(0, Given.NEW), pod(1, Given.NEW), Given.pod(2, Given.OLD, false)))
        .containsExactly("demo-valkey-2");
  }

  @Test
  void doesNothingWhileTheRevisionIsUnknown() {
    var servers = Servers.of(List.of(pod(0, Given.OLD)), Optional.of("demo-valkey-0"));
    assertThat(new Rollout(servers, 1, Optional.empty()).next()).isEmpty();
  }

  /** Server 1 is primary. */
  private static List<String> next(Pod... pods) {
    var servers = Servers.of(List.of(pods), Optional.of("demo-valkey-1"));
    return new Rollout(servers, 3, Optional.of(Given.NEW))
        .next().stream().map(w -> ((Wish.Remove) w).object().getMetadata().getName()).toList();
  }

  private static Pod pod(int ordinal, String revision) {
    return Given.pod(ordinal, revision, true);
  }
}
