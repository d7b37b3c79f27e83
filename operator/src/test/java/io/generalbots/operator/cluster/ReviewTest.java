package io.generalbots.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterPhase;
import io.generalbots.operator.cluster.servers.Hibernation;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.schema.Definitions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the answers of the components come to. */
class ReviewTest {

  private static final Health FINE = Health.ready("it serves");
  private static final Health UNFIT = Health.refused("PipelineMalformed", "write another one");

  @Test
  void whatOnlyAnEditCanMendStalls() {
    var review = review(UNFIT);
    assertThat(review.phase(Optional.empty())).isEqualTo(BotClusterPhase.STALLED);
    assertThat(condition(review, "Stalled").getStatus()).isEqualTo("True");
    assertThat(condition(review, "Stalled").getMessage()).isEqualTo("write another one");
    assertThat(condition(review, "Ready").getReason()).isEqualTo("PipelineMalformed");
    assertThat(condition(review, "Reconciling").getStatus()).isEqualTo("False");
    assertThat(condition(review, "GstreamerReady").getStatus()).isEqualTo("False");
    assertThat(condition(review, "Available").getStatus()).isEqualTo("False");
  }

  /** What ran before an edit that cannot be runs on. */
  @Test
  void whatServesStaysAvailable() {
    var review = review(UNFIT.counting(1, 1));
    assertThat(condition(review, "Stalled").getStatus()).isEqualTo("True");
    assertThat(condition(review, "Available").getStatus()).isEqualTo("True");
  }

  @Test
  void whatIsOnlyNotReadyYetDoesNotStall() {
    var review = review(Health.waiting("NoWorkerReady", "0 of 1 workers play"));
    assertThat(condition(review, "Stalled").getStatus()).isEqualTo("False");
    assertThat(condition(review, "Reconciling").getStatus()).isEqualTo("True");
  }

  @Test
  void itSleepsOnceItsLastServerHasEnded() {
    var falling = review("hibernate: true", Hibernation.health(1));
    assertThat(falling.phase(Optional.empty())).isEqualTo(BotClusterPhase.UPDATING);
    var asleep = review("hibernate: true", Hibernation.health(0));
    assertThat(asleep.phase(Optional.empty())).isEqualTo(BotClusterPhase.HIBERNATED);
  }

  private static Review review(Health workers) {
    return review("hibernate: false", workers);
  }

  private static Review review(String spec, Health workers) {
    return new Review(
        cluster(spec), Map.of("postgres", FINE, "gstreamer", workers), new Outcome(Map.of()));
  }

  private static BotCluster cluster(String spec) {
    var serialization = new KubernetesSerialization();
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: bots}
        spec: {domain: bots.example.com, %s, %s}
        """
            .formatted(spec, Specs.STORES_ONLY);
    var defaulted =
        Definitions.botCluster().defaulted(serialization.unmarshal(yaml, JsonNode.class));
    return serialization.convertValue(defaulted, BotCluster.class);
  }

  private static Condition condition(Review review, String type) {
    return review.conditions().stream()
        .filter(c -> type.equals(c.getType()))
        .findFirst()
        .orElseThrow();
  }
}
