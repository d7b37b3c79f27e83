package io.generalbots.operator.e2e;

import static io.generalbots.operator.e2e.Connections.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Specs;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who reaches whom, tried by connections to addresses, each refusal beside one that succeeds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkE2E {

  private static final String NAMESPACE = "e2e-network";
  private static final String ELSEWHERE = "default";
  private static final int POSTGRES = 5432;
  private static final int PATRONI = 8008;
  private static final int VALKEY = 6379;
  private static final int VALKEY_TLS = 6380;
  private static final int SENTINEL = 26379;
  private static final int KUBELET = 10250;

  private static final List<String> COMPONENTS =
      List.of("demo-postgres-0", "demo-postgres-1", "demo-valkey-0", "demo-valkey-sentinel-0");

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final Stage stage = new Stage(client, NAMESPACE);
  private final Connections inside = new Connections(client, NAMESPACE);
  private final Connections outside = new Connections(client, ELSEWHERE);

  /** All of it comes up and agrees who is primary with its policies in force. */
  @BeforeAll
  void start() {
    stage.prepare();
    create();
    inside.startListener("stranger");
    outside.startListener("e2e-network-stranger");
    client
        .resources(BotCluster.class)
        .inNamespace(NAMESPACE)
        .withName("demo")
        .waitUntilCondition(c -> c != null && isReady(c), 10, TimeUnit.MINUTES);
  }

  private void create() {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: %s}
        spec:
          domain: bots.example.com
          %s
          reclaimPolicy: Delete
          postgres: {instances: 2, storage: {size: 1Gi}, pooler: {instances: 1}}
          valkey: {replicas: 2, memory: 64Mi, persistence: {size: 1Gi}}
        """
            .formatted(NAMESPACE, Specs.storesOnly("  "));
    client.resource(yaml).inNamespace(NAMESPACE).create();
  }

  @AfterAll
  void end() {
    outside.remove("e2e-network-stranger");
    stage.clear();
    client.close();
  }

  @Test
  void aPodWithoutLabelsReachesWhatIsMeantForClientsOnly() {
    var pooler = at(inside.pooler(), POSTGRES);
    var cache = at(inside.address("demo-valkey-0"), VALKEY);
    assertThat(
            inside.reached(
                "stranger",
                pooler,
                cache,
                at(inside.address("demo-postgres-0"), POSTGRES),
                at(inside.address("demo-postgres-0"), PATRONI),
                at(inside.address("demo-valkey-sentinel-0"), SENTINEL)))
        .containsOnly(pooler, cache);
  }

  @Test
  void aPodOfAnotherNamespaceReachesNothing() {
    var listener = at(inside.address("stranger"), Connections.LISTENER);
    assertThat(
            outside.reached(
                "e2e-network-stranger",
                listener,
                at(inside.pooler(), POSTGRES),
                at(inside.address("demo-postgres-0"), POSTGRES),
                at(inside.address("demo-postgres-0"), PATRONI),
                at(inside.address("demo-valkey-0"), VALKEY),
                at(inside.address("demo-valkey-0"), VALKEY_TLS),
                at(inside.address("demo-valkey-sentinel-0"), SENTINEL)))
        .containsOnly(listener);
  }

  @Test
  void componentsReachTheirOwn() {
    reaches("demo-postgres-0", at(inside.address("demo-postgres-1"), PATRONI));
    reaches(inside.poolerPod(), at(inside.address("demo-postgres-0"), POSTGRES));
    reaches("demo-valkey-0", at(inside.address("demo-valkey-1"), VALKEY_TLS));
    reaches("demo-valkey-sentinel-0", at(inside.address("demo-valkey-0"), VALKEY_TLS));
  }

  @Test
  void componentsReachNoOtherPodAndNoOtherPort() {
    var listener = at(inside.address("stranger"), Connections.LISTENER);
    var kubelet = at(inside.node(), KUBELET);
    assertThat(outside.reached("e2e-network-stranger", listener)).containsOnly(listener);
    reaches("stranger", kubelet);
    COMPONENTS.forEach(pod -> assertThat(inside.reached(pod, listener, kubelet)).isEmpty());
    var cache = at(inside.address("demo-valkey-0"), VALKEY);
    assertThat(inside.reached(inside.poolerPod(), listener, kubelet, cache)).isEmpty();
    assertThat(inside.reached("demo-valkey-0", at(inside.pooler(), POSTGRES))).isEmpty();
  }

  private void reaches(String pod, String address) {
    assertThat(inside.reached(pod, address)).as(pod).containsOnly(address);
  }

  private static boolean isReady(BotCluster cluster) {
    var status = cluster.getStatus();
    return status != null
        && status.conditions().stream()
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }
}
