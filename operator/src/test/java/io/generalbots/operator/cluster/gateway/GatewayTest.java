package io.generalbots.operator.cluster.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.operator.cluster.ClusterBlueprint;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the gateway wishes for, and how it says it is. */
class GatewayTest {

  private static final String OFF = "{enabled: false}";

  @Test
  void aNewGatewayServesBeforeAnOldOneGoes() {
    var strategy = Given.gateway("{}").wished(Deployment.class).getSpec().getStrategy();
    assertThat(strategy.getRollingUpdate().getMaxUnavailable().getIntVal()).isZero();
    assertThat(strategy.getRollingUpdate().getMaxSurge().getIntVal()).isOne();
  }

  @Test
  void aChangeOfTheConfigurationRestartsNoPod() {
    var before = Given.gateway("{}").wished(Deployment.class);
    var after =
        Given.gateway("{healthCheck: {intervalSeconds: 5}, rateLimit: {requests: 7}}")
            .having(Given.bot("one", "10.0.0.7", true))
            .wished(Deployment.class);
    assertThat(after.getSpec().getTemplate()).isEqualTo(before.getSpec().getTemplate());
  }

  @Test
  void runningPodsAreToldOfNewFilesAndPodsOnTheirWayOutAreNot() {
    var part = new Part("demo", "gateway");
    var files = new ConfigMapBuilder().withMetadata(part.meta()).build();
    files.getMetadata().setResourceVersion("17");
    var going = pod(part, "going");
    going.getMetadata().setDeletionTimestamp("2030-01-01T00:00:00Z");
    var servers = new ConfigMapBuilder().withMetadata(part.meta("servers")).build();
    servers.getMetadata().setResourceVersion("18");
    var given = Given.gateway("{}").having(files, servers, pod(part, "running"), going);
    var plans = ClusterBlueprint.plan(given.cluster(), given.facts());
    var amended =
        ((Plan.Apply) requireNonNull(plans.get("gateway")))
            .wishes().stream()
                .filter(Wish.Amend.class::isInstance)
                .map(w -> (Pod) ((Wish.Amend) w).object())
                .toList();
    assertThat(amended).extracting(p -> p.getMetadata().getName()).containsExactly("running");
    assertThat(Objects.annotations(amended.get(0))).containsEntry("generalbots.io/files", "17.18");
  }

  private static Pod pod(Part part, String name) {
    var template = Given.gateway("{}").wished(Deployment.class).getSpec().getTemplate();
    return new PodBuilder().withMetadata(part.named(name)).withSpec(template.getSpec()).build();
  }

  @Test
  void theCookiesSecretIsInASecretOnly() {
    var given = Given.gateway("{}").having(Given.bot("one", "10.0.0.7", true));
    var secret = Secrets.text(given.wished(Secret.class), "secret");
    assertThat(secret).hasSize(32);
    assertThat(given.wished(ConfigMap.class).toString()).doesNotContain(secret);
    assertThat(given.wished(Deployment.class).toString()).doesNotContain(secret);
  }

  @Test
  void theServiceIsAsTheSpecSays() {
    var service =
        Given.gateway(
                "{service: {type: LoadBalancer, loadBalancerClass: mine, annotations: {a: b}}}")
            .wished(Service.class);
    assertThat(service.getSpec().getType()).isEqualTo("LoadBalancer");
    assertThat(service.getSpec().getLoadBalancerClass()).isEqualTo("mine");
    assertThat(Objects.annotations(service)).containsEntry("a", "b");
    assertThat(ports(service)).containsExactly(80, 443);
    var plain = Given.gateway("{service: {type: NodePort}, tls: {mode: Disabled}}");
    assertThat(ports(plain.wished(Service.class))).containsExactly(80);
  }

  @Test
  void onlyItsTwoPortsAreOpenAndTheOperatorAloneReadsWhatItCounts() {
    var rules = Given.gateway("{}").wished(NetworkPolicy.class).getSpec().getIngress();
    assertThat(rules).hasSize(2);
    assertThat(rules.get(1).getPorts())
        .extracting(p -> p.getPort().getIntVal())
        .containsExactly(8081);
    assertThat(rules.get(1).getFrom())
        .extracting(p -> p.getPodSelector().getMatchLabels())
        .containsExactly(Map.of("app.kubernetes.io/name", "generalbots-operator"));
    assertThat(rules.get(0).getPorts())
        .extracting(p -> p.getPort().getIntVal())
        .containsExactly(8080, 8443);
  }

  @Test
  void itGoesOnToWhatItServesOnly() {
    assertThat(ways(Given.gateway("{}"))).containsExactly(53, 8080, 6380, 5432);
    assertThat(ways(Given.spec("profile: Recommended")))
        .containsExactly(53, 8080, 6380, 7880, 8333, 6333, 5432);
    assertThat(ways(Given.spec("seaweedfs: {enabled: false}, livekit: {hostNetwork: false}")))
        .containsExactly(53, 8080, 6380, 7880, 6333, 5432);
  }

  /** Where Qdrant is elsewhere, by the port of its address. */
  @Test
  void itGoesToCollectionsWhereverTheyAre() {
    var elsewhere = "qdrant: {external: {address: 'https://vectors.example.org:7333'}}, ";
    var published =
        Secrets.opaque(
            new ObjectMetaBuilder().withName("demo-qdrant").build(),
            Map.of("host", "vectors.example.org", "port", "7333", "uri", "https://x:7333"));
    var given = Given.spec(elsewhere + "profile: Minimal, seaweedfs: {enabled: false}");
    assertThat(ways(given.having(published))).containsExactly(53, 8080, 6380, 7333, 5432);
  }

  private static List<Integer> ways(Given given) {
    return given.wished(NetworkPolicy.class).getSpec().getEgress().stream()
        .map(rule -> rule.getPorts().get(0).getPort().getIntVal())
        .toList();
  }

  @Test
  void withoutACertificateNoneIsMounted() {
    var pod =
        Given.gateway("{tls: {mode: Disabled}}").wished(Deployment.class).getSpec().getTemplate();
    assertThat(pod.getSpec().getVolumes()).noneMatch(v -> "tls".equals(v.getName()));
  }

  @Test
  void itGoesWhenSwitchedOffAndSleepsWithTheCluster() {
    assertThat(Given.gateway(OFF).plan()).isInstanceOf(Plan.Absent.class);
    assertThat(Given.spec("hibernate: true").wished(Deployment.class).getSpec().getReplicas())
        .isZero();
  }

  @Test
  void itServesWithFewerThanWishedAndNotWithNone() {
    assertThat(health(0)).isEqualTo(Health.State.WAITING);
    assertThat(health(1)).isEqualTo(Health.State.DEGRADED);
    assertThat(health(2)).isEqualTo(Health.State.READY);
  }

  private static Health.State health(int ready) {
    var given = Given.gateway("{replicas: 2}");
    var deployment =
        new DeploymentBuilder(given.wished(Deployment.class))
            .withNewStatus()
            .withReadyReplicas(ready)
            .endStatus()
            .build();
    var known = given.having(deployment);
    return new Gateway().health(known.cluster(), known.facts()).state();
  }

  private static List<Integer> ports(Service service) {
    return service.getSpec().getPorts().stream().map(ServicePort::getPort).toList();
  }
}
