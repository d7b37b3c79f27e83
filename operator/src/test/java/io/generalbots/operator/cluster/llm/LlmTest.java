package io.generalbots.operator.cluster.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.schema.Definitions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A model of the cluster's own: when there is one, and what it needs. */
class LlmTest {

  private static final String FILE = "claimName: models, file: /m.gguf";

  @Test
  void theLargestProfileAloneHasOneUnlessTheSpecSaysSo() {
    assertThat(health("profile: Recommended")).isEqualTo(Health.disabled());
    assertThat(health("profile: Full").reason()).isEqualTo("ModelMissing");
    assertThat(health("profile: Full, fallback: {llm: {enabled: false}}"))
        .isEqualTo(Health.disabled());
    assertThat(health(model(FILE)).reason()).isEqualTo("NoModelReady");
  }

  @Test
  void withoutAFileItWaitsForTheUserAndBotServersGoOn() {
    var health = health(model(""));
    assertThat(health.reason()).isEqualTo("ModelMissing");
    assertThat(health.message()).contains("fallback.llm.file", "image", "claimName");
    assertThat(health.serves()).isTrue();
    assertThat(health.isSettled()).isFalse();
    assertThat(plan(model(""))).isInstanceOf(Plan.Hold.class);
  }

  @Test
  void withoutGatewaysNobodyCouldCallIt() {
    assertThat(health(model(FILE) + ", gateway: {enabled: false}").reason())
        .isEqualTo("GatewayDisabled");
  }

  @Test
  void anAuthorityThatIsNotThereIsToldOf() {
    var health = health("llm: {url: 'https://api.example.com', caSecretName: provider}");
    assertThat(health.reason()).isEqualTo("SecretUnusable");
    assertThat(health.message()).contains("Secret provider of spec.llm.caSecretName", "ca.crt");
    assertThat(Llm.secrets(cluster("llm: {url: 'https://x.example', caSecretName: provider}")))
        .containsExactly("provider");
    assertThat(health("llm: {url: 'https://api.example.com'}")).isEqualTo(Health.disabled());
  }

  @Test
  void itTakesAsManyProcessorsAsItMay() {
    assertThat(threads("")).isEqualTo("4");
    assertThat(threads(", resources: {limits: {cpu: 2500m}}")).isEqualTo("3");
    assertThat(threads(", resources: {requests: {cpu: 100m}}")).isEqualTo("1");
    assertThat(threads(", resources: {requests: {memory: 1Gi}}")).isEqualTo("2");
  }

  @Test
  void whatIsInAnImageIsCopiedByThatImage() {
    var pod = pod("image: 'models:1', file: /m/a.gguf");
    assertThat(pod.getInitContainers()).hasSize(1);
    assertThat(pod.getInitContainers().get(0).getImage()).isEqualTo("models:1");
    assertThat(pod.getInitContainers().get(0).getCommand())
        .containsExactly("cp", "-f", "/m/a.gguf", "/generalbots-model/model.gguf");
    assertThat(pod.getInitContainers().get(0).getVolumeMounts().get(0).getMountPath())
        .as("the folder of the copy hides none of the image's")
        .isEqualTo("/generalbots-model");
    assertThat(pod.getContainers().get(0).getCommand())
        .containsSequence("--model", "/models/model.gguf");
    assertThat(pod(FILE).getInitContainers()).isEmpty();
    assertThat(pod(FILE).getContainers().get(0).getCommand())
        .containsSequence("--model", "/models/m.gguf");
  }

  @Test
  void itCallsNobodyAndGatewaysAloneCallIt() {
    var policy = wished(NetworkPolicy.class, model(FILE)).get(0).getSpec();
    assertThat(policy.getEgress()).isEmpty();
    assertThat(policy.getPolicyTypes()).contains("Egress", "Ingress");
    assertThat(policy.getIngress()).hasSize(1);
    assertThat(policy.getIngress().get(0).getFrom().get(0).getPodSelector().getMatchLabels())
        .containsEntry("generalbots.io/component", "gateway");
  }

  private static String threads(String more) {
    var command = pod(FILE + more).getContainers().get(0).getCommand();
    return command.get(command.indexOf("--threads") + 1);
  }

  private static PodSpec pod(String block) {
    return wished(Deployment.class, model(block)).get(0).getSpec().getTemplate().getSpec();
  }

  private static <T> List<T> wished(Class<T> kind, String spec) {
    return ((Plan.Apply) plan(spec))
        .wishes().stream()
            .map(w -> ((Wish.Managed) w).object())
            .filter(kind::isInstance)
            .map(kind::cast)
            .toList();
  }

  private static String model(String block) {
    return "fallback: {llm: {enabled: true%s}}".formatted(block.isEmpty() ? "" : ", " + block);
  }

  private static Plan plan(String spec) {
    return new Llm().plan(cluster(spec), facts());
  }

  private static Health health(String spec) {
    return new Llm().health(cluster(spec), facts());
  }

  private static Facts facts() {
    var settings = new Settings("operators", "cluster.local", Map.of("llm", "llama:test"));
    return new Facts(Instant.EPOCH, new SecureEntropy(), List.of(), settings);
  }

  private static BotCluster cluster(String spec) {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: bots}
        spec: {domain: bots.example.com, %s}
        """
            .formatted(spec);
    var serialization = new KubernetesSerialization();
    var tree = Definitions.botCluster().defaulted(serialization.unmarshal(yaml, JsonNode.class));
    return serialization.convertValue(tree, BotCluster.class);
  }
}
