package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kube.Resources;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * A provider of language models that is cut off while bot servers ask it: llama.cpp with a model of
 * one sentence answers meanwhile (REQ HA-4).
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class LlmFallbackE2E {

  private static final String NAMESPACE = "e2e-llm-fallback";
  private static final String BOT = "bot-a";
  private static final String DOOR = "http://demo-gateway-llm:8085";
  private static final String CHAT = DOOR + "/v1/chat/completions";
  private static final String SENTENCE = "I am the local model.";
  private static final String ASK =
      "curl -sN -m 30 -D /tmp/head -H 'Content-Type: application/json'"
          + " -H 'Authorization: Bearer sk-of-the-test' -d '%s' "
          + CHAT;
  private static final String WHOLE = "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
  private static final String STREAM =
      "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

  private static final KubernetesClient KUBERNETES = new KubernetesClientBuilder().build();
  private static final GatewayCluster CLUSTER = new GatewayCluster(KUBERNETES, NAMESPACE);
  private static final ModelProvider PROVIDER = new ModelProvider(KUBERNETES, NAMESPACE);

  @BeforeAll
  static void bothModels() {
    CLUSTER.create(BOT);
    PROVIDER.start();
    CLUSTER.patch(
        """
        {"llm": {"url": "%s", "timeoutSeconds": 5},
         "gateway": {"circuitBreaker": {"threshold": 3, "timeoutSeconds": 3, "halfOpenRequests": 2}},
         "fallback": {"llm": {"enabled": true, "model": "tiny", "image": "generalbots/tinymodel:1",
           "file": "/models/tiny.gguf",
           "resources": {"requests": {"cpu": "20m", "memory": "64Mi"},
                         "limits": {"cpu": "1", "memory": "512Mi"}}}}}
        """
            .formatted(PROVIDER.url()));
    awaitGateways();
    CLUSTER.awaitServed("fallback demo-llm:8080", ofMinutes(2));
    new Told(KUBERNETES.resources(BotCluster.class).inNamespace(NAMESPACE).withName("demo"))
        .awaitTrue("LlmReady", ofMinutes(3));
  }

  /** The way to models is another volume of theirs: others take their place. */
  private static void awaitGateways() {
    KUBERNETES
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withName("demo-gateway")
        .waitUntilCondition(d -> d != null && isReplaced(d), 180, TimeUnit.SECONDS);
  }

  private static boolean isReplaced(Deployment gateways) {
    var status = gateways.getStatus();
    return gateways.getSpec().getTemplate().getSpec().getVolumes().stream()
            .anyMatch(v -> "llm".equals(v.getName()))
        && Objects.equals(status.getObservedGeneration(), gateways.getMetadata().getGeneration())
        && Stream.of(status.getReplicas(), status.getUpdatedReplicas(), status.getReadyReplicas())
            .allMatch(n -> Objects.equals(n, 2));
  }

  @AfterAll
  static void remove() {
    PROVIDER.remove();
    CLUSTER.close();
  }

  @Test
  @Order(1)
  void theProviderAnswersAsLongAsItDoes() {
    assertThat(ask(WHOLE)).contains("provider: hello");
    assertThat(by()).isEqualTo("provider");
    assertThat(ask(STREAM)).contains("data: ", "provider:", "[DONE]");
    awaitInUse(0);
  }

  @Test
  @Order(2)
  void noQuestionIsLostWhenTheProviderIsCutUnderLoadAndComesBack() {
    begin();
    await("provider");
    PROVIDER.cut();
    awaitInUse(1);
    await("fallback");
    PROVIDER.start();
    awaitInUse(0);
    await("provider");
    assertThat(end()).contains("\"provider\"", "\"fallback\"").doesNotContain("failed", "wrong");
  }

  @Test
  @Order(3)
  void theLocalModelStreamsAndIsShownNoKey() {
    PROVIDER.cut();
    await("fallback");
    assertThat(ask(WHOLE)).contains(SENTENCE, "\"model\":\"tiny\"");
    assertThat(by()).isEqualTo("fallback");
    assertThat(ask(STREAM)).contains("data: ", "local", "[DONE]");
    PROVIDER.start();
    await("provider");
  }

  @Test
  @Order(4)
  void nobodyButGatewaysComesToTheModelItself() {
    var closed = "curl -s -m 3 -o /dev/null http://%s/health || echo closed";
    assertThat(run(closed.formatted("demo-llm:8080"))).endsWith("closed");
  }

  private static String ask(String body) {
    return run(ASK.formatted(body));
  }

  /** Who gave the last answer. */
  private static String by() {
    return run("sed -n 's/^x-generalbots-llm: *//Ip' /tmp/head | tr -d '\\r'");
  }

  private static void await(String who) {
    var until =
        "until %s >/dev/null && grep -qi '^x-generalbots-llm: %s' /tmp/head; do sleep 0.2; done";
    CLUSTER.shell().run(BOT, until.formatted(ASK.formatted(WHOLE), who), ofMinutes(2));
  }

  private static void begin() {
    var program =
        Base64.getEncoder()
            .encodeToString(Resources.text("e2e/model-load.py").getBytes(StandardCharsets.UTF_8));
    run(
        "rm -f /tmp/stop; echo %s | base64 -d >/tmp/load.py; nohup python3 /tmp/load.py %s 4 /tmp/stop >/tmp/seen 2>&1 &"
            .formatted(program, CHAT));
  }

  private static String end() {
    return run("touch /tmp/stop; until [ -s /tmp/seen ]; do sleep 0.2; done; cat /tmp/seen");
  }

  /** Until each gateway says so of itself; every one has a circuit of its own. */
  private static void awaitInUse(int used) {
    var until =
        "until [ \"$(curl -s 127.0.0.1:8081/metrics | sed -n 's/^generalbots_edge_llm_fallback //p')\""
            + " = %d ]; do sleep 0.2; done";
    CLUSTER
        .pods()
        .forEach(
            p ->
                CLUSTER
                    .shell()
                    .run(p.getMetadata().getName(), until.formatted(used), ofMinutes(1)));
  }

  private static String run(String command) {
    return CLUSTER.shell().run(BOT, command);
  }
}
