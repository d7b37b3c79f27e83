package io.generalbots.operator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a step finds in somebody else's hands is told as objects are, and nothing follows it. */
class NotOursTest {

  private record Settle() implements Step {
    @Override
    public Decision decision() {
      return Decision.normal("Settled", "moved in");
    }
  }

  private record Settler() implements StepDriver<Settle> {
    @Override
    public Class<Settle> type() {
      return Settle.class;
    }

    @Override
    public void perform(Settle step, String namespace) {
      throw new NotOurs("House 7");
    }
  }

  /** Nobody listens where this client writes: had it tried, there would be a fault. */
  @Test
  void isRefusedAndStopsThePlan() {
    ConfigMap after =
        new ConfigMapBuilder().withNewMetadata().withName("after").endMetadata().build();
    var outcome = settle(after);
    assertThat(outcome.refused()).containsExactly("House 7");
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.isUnderway()).isFalse();
    assertThat(outcome.decisions()).isEmpty();
  }

  private static Outcome settle(ConfigMap after) {
    Plan plan = Plan.apply(new Wish.External(new Settle()), new Wish.Managed(after));
    var settings = new Settings("operators", "cluster.local", Map.of());
    var facts = new Facts(Instant.EPOCH, new SecureEntropy(), List.of(), settings);
    var config = Config.empty();
    config.setMasterUrl("http://127.0.0.1:1/");
    config.setRequestRetryBackoffLimit(0);
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      return new Applier(client, List.of(new Settler()))
          .apply(Map.of("home", plan), facts, Stamp.of(after, Map.of(), "component"), () -> true);
    }
  }
}
