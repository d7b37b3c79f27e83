package io.generalbots.operator.e2e;

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
    assertThat(inside.reaches("stranger", inside.pooler(), POSTGRES)).isTrue();
    assertThat(inside.reaches("stranger", inside.address("demo-valkey-0"), VALKEY)).isTrue();
    assertThat(inside.reaches("stranger", inside.address("demo-postgres-0"), POSTGRES)).isFalse();
    assertThat(inside.reaches("stranger", inside.address("demo-postgres-0"), PATRONI)).isFalse();
    assertThat(inside.reaches("stranger", inside.address("demo-valkey-sentinel-0"), SENTINEL))
        .isFalse();
  }

  @Test
  void aPodOfAnotherNamespaceReachesNothing() {
    var stranger = "e2e-network-stranger";
    assertThat(outside.reaches(stranger, inside.address("stranger"), Connections.LISTENER))
        .isTrue();
    assertThat(outside.reaches(stranger, inside.pooler(), POSTGRES)).isFalse();
    assertThat(outside.reaches(stranger, inside.address("demo-postgres-0"), POSTGRES)).isFalse();
    assertThat(outside.reaches(stranger, inside.address("demo-postgres-0"), PATRONI)).isFalse();
    assertThat(outside.reaches(stranger, inside.address("demo-valkey-0"), VALKEY)).isFalse();
    assertThat(outside.reaches(stranger, inside.address("demo-valkey-0"), VALKEY_TLS)).isFalse();
    assertThat(outside.reaches(stranger, inside.address("demo-valkey-sentinel-0"), SENTINEL))
        .isFalse();
  }

  @Test
  void componentsReachTheirOwn() {
    assertThat(inside.reaches("demo-postgres-0", inside.address("demo-postgres-1"), PATRONI))
        .isTrue();
    assertThat(inside.reaches(inside.poolerPod(), inside.address("demo-postgres-0"), POSTGRES))
        .isTrue();
    assertThat(inside.reaches("demo-valkey-0", inside.address("demo-valkey-1"), VALKEY_TLS))
        .isTrue();
    assertThat(
            inside.reaches("demo-valkey-sentinel-0", inside.address("demo-valkey-0"), VALKEY_TLS))
        .isTrue();
  }

  @Test
  void componentsReachNoOtherPodAndNoOtherPort() {
    var target = inside.address("stranger");
    assertThat(outside.reaches("e2e-network-stranger", target, Connections.LISTENER)).isTrue();
    assertThat(inside.reaches("stranger", inside.node(), KUBELET)).isTrue();
    assertThat(COMPONENTS)
        .allSatisfy(
            pod -> {
              assertThat(inside.reaches(pod, target, Connections.LISTENER)).isFalse();
              assertThat(inside.reaches(pod, inside.node(), KUBELET)).isFalse();
            });
    assertThat(inside.reaches(inside.poolerPod(), target, Connections.LISTENER)).isFalse();
    assertThat(inside.reaches(inside.poolerPod(), inside.node(), KUBELET)).isFalse();
    assertThat(inside.reaches(inside.poolerPod(), inside.address("demo-valkey-0"), VALKEY))
        .isFalse();
    assertThat(inside.reaches("demo-valkey-0", inside.pooler(), POSTGRES)).isFalse();
  }

  private static boolean isReady(BotCluster cluster) {
    var status = cluster.getStatus();
    return status != null
        && status.conditions().stream()
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }
}
