package io.generalbots.operator.kernel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A step that needs more time is no fault, and nothing that depends on it is done meanwhile. */
class UnfinishedTest {

  private static final Health READY = Health.ready("all is well").counting(3, 3);

  private record Walk() implements Step {
    @Override
    public Decision decision() {
      return Decision.normal("Walked", "arrived");
    }
  }

  /** Goes as far as it is told. */
  private record Walker(boolean arrives) implements StepDriver<Walk> {
    @Override
    public Class<Walk> type() {
      return Walk.class;
    }

    @Override
    public void perform(Walk step, String namespace) {
      if (!arrives) {
        throw new Unfinished("still walking");
      }
    }
  }

  @Test
  void whatComesAfterTheStepWaits() {
    var outcome = walking(false);
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.isUnderway()).isTrue();
    assertThat(outcome.decisions()).isEmpty();
  }

  /** Nobody listens where this client writes: that it tried is how we know. */
  @Test
  void andIsTriedOnceTheStepIsDone() {
    var outcome = walking(true);
    assertThat(outcome.isUnderway()).isFalse();
    assertThat(outcome.failure()).isPresent();
    assertThat(outcome.decisions()).extracting(Decision::reason).containsExactly("Walked");
  }

  @Test
  void itIsToldBesideTheHealth() {
    var told = told("legs", READY);
    assertThat(told.reason()).isEqualTo("Underway");
    assertThat(told.message()).isEqualTo("still walking");
    assertThat(told.serves()).isTrue();
    assertThat(told.instances()).isEqualTo(READY.instances());
    assertThat(told("arms", READY)).isEqualTo(READY);
  }

  @Test
  void itDoesNotHideWhatIsWrong() {
    var waiting = Health.waiting("Creating", "0 of 3 are ready");
    var told = told("legs", waiting);
    assertThat(told.reason()).isEqualTo("Creating");
    assertThat(told.message()).isEqualTo("0 of 3 are ready: still walking");
    assertThat(told.serves()).isFalse();
  }

  private static Health told(String component, Health health) {
    return requireNonNull(walking(false).beside(Map.of(component, health)).get(component));
  }

  private static Outcome walking(boolean arrives) {
    ConfigMap map =
        new ConfigMapBuilder().withNewMetadata().withName("after").endMetadata().build();
    Plan plan = Plan.apply(new Wish.External(new Walk()), new Wish.Managed(map));
    var settings = new Settings("operators", "cluster.local", Map.of());
    var facts = new Facts(Instant.EPOCH, new SecureEntropy(), List.of(), settings);
    try (var client = nowhere()) {
      return new Applier(client, List.of(new Walker(arrives)))
          .apply(Map.of("legs", plan), facts, Stamp.of(map, Map.of(), "component"), () -> true);
    }
  }

  private static KubernetesClient nowhere() {
    var config = Config.empty();
    config.setMasterUrl("http://127.0.0.1:1/");
    config.setRequestRetryBackoffLimit(0);
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
