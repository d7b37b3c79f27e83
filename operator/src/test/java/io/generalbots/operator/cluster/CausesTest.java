package io.generalbots.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.schema.Definitions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is told of pods that cannot run for something in the spec. */
class CausesTest {

  private static final Health WELL = Health.ready("1 of 1 poolers are ready").counting(1, 1);
  private static final Health ILL = Health.waiting("NoPrimary", "no server takes writes");
  private static final Map<String, String> IMAGES =
      Map.of("pooler", "generalbots/pgbouncer:1", "postgres", "generalbots/postgres:17");

  @Test
  void aStuckChangeIsToldThoughTheFormerPodServes() {
    var pod = waiting("pooler", "ImagePullBackOff", "docker.io/generalbots/pgbouncer:1");
    var told = told("pooler", WELL, pod);
    assertThat(told.state()).isEqualTo(Health.State.DEGRADED);
    assertThat(told.reason()).isEqualTo("ImageUnavailable");
    assertThat(told.message()).startsWith(WELL.message()).endsWith("see spec.images.pooler");
    assertThat(told.instances()).isEqualTo(WELL.instances());
  }

  @Test
  void whatIsWorseKeepsItsReason() {
    var pod = waiting("postgres", "ErrImagePull", "generalbots/postgres:17");
    var told = told("postgres", ILL, pod);
    assertThat(told.reason()).isEqualTo("NoPrimary");
    assertThat(told.message()).startsWith(ILL.message()).contains("spec.images.postgres");
  }

  @Test
  void aPodThatNoNodeTakesNamesItsResources() {
    var told = unplaced("0/1 nodes are available: 1 Insufficient cpu.");
    assertThat(told).contains("1 Insufficient cpu").endsWith("see spec.seaweedfs.s3.resources");
  }

  @Test
  void aPodThatNoNodeIsForNamesWhatChoosesNodes() {
    var told =
        unplaced(
            "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector,"
                + " 1 node(s) had untolerated taint {a: b}.");
    assertThat(told).endsWith("see spec.nodeSelector, spec.affinity, spec.tolerations");
  }

  private static String unplaced(String why) {
    var pod =
        new PodBuilder(pod("s3"))
            .withNewStatus()
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage(why)
            .endCondition()
            .endStatus()
            .build();
    return told("seaweedfs", WELL, pod).message();
  }

  @Test
  void aVolumeOfNoClassNamesItsField() {
    var claim =
        new PersistentVolumeClaimBuilder()
            .withMetadata(new Part("demo", "valkey").named("data-demo-valkey-0"))
            .withNewSpec()
            .withStorageClassName("nothing")
            .endSpec()
            .build();
    assertThat(told("valkey", ILL, claim).message())
        .contains("StorageClass nothing does not exist: see spec.valkey.persistence.storageClass");
  }

  @Test
  void othersAreNotToldOfIt() {
    var pod = waiting("pooler", "ErrImagePull", "generalbots/pgbouncer:1");
    assertThat(told("postgres", WELL, pod, workload("pooler", pod))).isEqualTo(WELL);
    var slow = waiting("pooler", "ContainerCreating", "generalbots/pgbouncer:1");
    assertThat(told("pooler", WELL, slow)).isEqualTo(WELL);
  }

  /** Its name begins with that of LiveKit, which it is no part of. */
  @Test
  void aRecorderWithoutItsImageIsNoTroubleOfLiveKit() {
    var pod = waiting("livekit-egress", "ErrImagePull", "generalbots/pgbouncer:1");
    assertThat(told("livekit", WELL, pod, workload("recording", pod))).isEqualTo(WELL);
    assertThat(told("recording", WELL, pod).reason()).isEqualTo("ImageUnavailable");
  }

  /** Of a component whose only workload has the labels of this object. */
  private static Health told(String component, Health health, HasMetadata object) {
    return told(component, health, object, workload(component, object));
  }

  private static Health told(String component, Health health, HasMetadata... objects) {
    var settings = new Settings("operators", "cluster.local", IMAGES);
    var surroundings = new Surroundings(List.of(), Set.of(), Optional.of(List.of()));
    var facts = new Facts(Instant.EPOCH, new SecureEntropy(), List.of(objects), settings);
    return new Causes(cluster(), facts.in(surroundings))
        .beside(Map.of(component, health))
        .getOrDefault(component, health);
  }

  private static Deployment workload(String component, HasMetadata object) {
    var meta = new Part("demo", component).meta();
    return new DeploymentBuilder()
        .withMetadata(meta)
        .withNewSpec()
        .withReplicas(1)
        .withNewSelector()
        .withMatchLabels(Map.of(Labels.COMPONENT, Objects.labels(object).get(Labels.COMPONENT)))
        .endSelector()
        .endSpec()
        .build();
  }

  private static Pod pod(String component) {
    return new PodBuilder().withMetadata(new Part("demo", component).named("a-pod")).build();
  }

  private static Pod waiting(String component, String reason, String image) {
    return new PodBuilder(pod(component))
        .withNewStatus()
        .addNewContainerStatus()
        .withImage(image)
        .withNewState()
        .withNewWaiting()
        .withReason(reason)
        .endWaiting()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static BotCluster cluster() {
    var yaml = "metadata: {name: demo, namespace: bots}\nspec: {domain: bots.example.com}";
    var serialization = new KubernetesSerialization();
    var defaulted =
        Definitions.botCluster().defaulted(serialization.unmarshal(yaml, JsonNode.class));
    return serialization.convertValue(defaulted, BotCluster.class);
  }
}
