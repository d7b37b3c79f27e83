package io.generalbots.operator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A volume that does not get its size keeps nothing else from being done. */
class RefusedGrowthTest {

  private static final HasMetadata CLAIM =
      new PersistentVolumeClaimBuilder().withNewMetadata().withName("a").endMetadata().build();
  private static final HasMetadata POD =
      new PodBuilder().withNewMetadata().withName("a").endMetadata().build();

  private record Walk() implements Step {
    @Override
    public Decision decision() {
      return Decision.normal("Walked", "arrived");
    }
  }

  private record Walker() implements StepDriver<Walk> {
    @Override
    public Class<Walk> type() {
      return Walk.class;
    }

    @Override
    public void perform(Walk step, String namespace) {}
  }

  @Test
  void whatComesAfterItIsDoneAndItIsToldAllTheSame() {
    var outcome = outcome(CLAIM);
    assertThat(outcome.decisions()).extracting(Decision::reason).contains("Walked");
    assertThat(outcome.of("legs").failure()).isPresent();
  }

  @Test
  void whatElseCannotBeWrittenIsWaitedFor() {
    var outcome = outcome(POD);
    assertThat(outcome.decisions()).isEmpty();
    assertThat(outcome.of("legs").failure()).isPresent();
  }

  /** Nobody listens where this client writes. */
  private static Outcome outcome(HasMetadata amended) {
    try (var client = nowhere()) {
      var plan = Plan.apply(new Wish.Amend(amended), new Wish.External(new Walk()));
      var facts =
          new Facts(
              Instant.EPOCH,
              new SecureEntropy(),
              List.of(amended),
              new Settings("operators", "cluster.local", Map.of()));
      var stamp = Stamp.of(amended, Map.of(), "component");
      return new Applier(client, List.of(new Walker()))
          .apply(Map.of("legs", plan), facts, stamp, () -> true);
    }
  }

  private static KubernetesClient nowhere() {
    var config = Config.empty();
    config.setMasterUrl("http://127.0.0.1:1/");
    config.setRequestRetryBackoffLimit(0);
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
