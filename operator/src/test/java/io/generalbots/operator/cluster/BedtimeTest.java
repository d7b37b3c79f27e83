package io.generalbots.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.World;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.schema.Definitions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever is needed goes to sleep after those who need it. */
class BedtimeTest {

  @Test
  void whatServersNeedGoesOnUntilTheirLastPodIsGone() {
    var store = workload("vault", 1);
    var serving = bedtime(true, store, workload("botserver", 1));
    assertThat(sleeps(serving, "vault")).isFalse();
    assertThat(sleeps(serving, "botserver")).isTrue();
    var draining = bedtime(true, store, workload("botserver", 0), pod("botserver"));
    assertThat(sleeps(draining, "vault")).isFalse();
    assertThat(sleeps(bedtime(true, store, workload("botserver", 0)), "vault")).isTrue();
  }

  @Test
  void itSaysForWhomItWaits() {
    var bedtime = bedtime(true, workload("postgres", 3), workload("pooler", 2));
    var told = bedtime.told("postgres", Health.waiting("Hibernating", "").counting(3, 0));
    assertThat(told.message()).isEqualTo("goes on until these have ended: pooler");
    assertThat(told.serves()).isFalse();
    assertThat(told.instances().ready()).isEqualTo(3);
  }

  @Test
  void whoSleepsAlreadyIsNotWokenForOthers() {
    var late = bedtime(true, workload("vault", 0), workload("botserver", 1));
    assertThat(sleeps(late, "vault")).isTrue();
    var never = bedtime(true, workload("botserver", 1));
    assertThat(sleeps(never, "vault")).isTrue();
  }

  @Test
  void onlyComponentsAreSpokenOf() {
    assertThat(ClusterBlueprint.names()).containsAll(Bedtime.components());
  }

  @Test
  void byDayNobodyWaits() {
    var bedtime = bedtime(false, workload("vault", 1), workload("botserver", 1));
    assertThat(sleeps(bedtime, "vault")).isFalse();
    var health = Health.ready("well");
    assertThat(bedtime.told("vault", health)).isEqualTo(health);
  }

  @Test
  void thePodsOfAnotherClusterKeepNobodyAwake() {
    var others =
        new DeploymentBuilder(workload("botserver", 1))
            .editMetadata()
            .withName("other-botserver")
            .withLabels(new Part("other", "botserver").labels())
            .endMetadata()
            .build();
    assertThat(sleeps(bedtime(true, workload("vault", 1), others), "vault")).isTrue();
  }

  private static boolean sleeps(Bedtime bedtime, String component) {
    return bedtime.seenBy(component).getSpec().hibernate();
  }

  private static Deployment workload(String component, int replicas) {
    var part = new Part("demo", component);
    return new DeploymentBuilder()
        .withMetadata(part.meta())
        .withNewSpec()
        .withReplicas(replicas)
        .withNewSelector()
        .withMatchLabels(part.selector())
        .endSelector()
        .endSpec()
        .build();
  }

  private static HasMetadata pod(String component) {
    return new PodBuilder().withMetadata(new Part("demo", component).meta("x")).build();
  }

  private static Bedtime bedtime(boolean hibernates, HasMetadata... objects) {
    var serialization = new KubernetesSerialization();
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: bots}
        spec: {domain: bots.example.com, hibernate: %b}
        """;
    var written = serialization.unmarshal(yaml.formatted(hibernates), JsonNode.class);
    var cluster =
        serialization.convertValue(Definitions.botCluster().defaulted(written), BotCluster.class);
    var facts = new Facts(Instant.EPOCH, new SecureEntropy(), List.of(objects), World.SETTINGS);
    return Bedtime.of(cluster, facts);
  }
}
