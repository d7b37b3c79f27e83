package io.generalbots.operator.cluster.livekit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What LiveKit wishes for, and how it says it is. */
class LiveKitTest {

  private static final Part PART = new Part("demo", "livekit");

  @Test
  void aNewServerServesBeforeAnOldOneGoesUnlessTheyWouldShareANode() {
    assertThat(surge("{enabled: true}")).isOne();
    assertThat(surge("{enabled: true, hostNetwork: true}")).isZero();
  }

  @Test
  void roomsHaveTheTimeOfTheSpecAndTheServerTheTimeToEnd() {
    var pod = pod("{enabled: true, drainSeconds: 600}");
    assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(600);
  }

  @Test
  void theBusIsValkeyByTls() {
    assertThat(given("{enabled: true}").settings())
        .contains("demo-valkey.bots.svc.cluster.local:6380", "ca_cert_file");
    var plain =
        Given.spec("livekit: {enabled: true}, valkey: {tls: {mode: Disabled}}")
            .having(Given.valkey("secret"));
    assertThat(plain.settings())
        .contains("demo-valkey.bots.svc.cluster.local:6379")
        .doesNotContain("ca_cert_file");
  }

  @Test
  void nothingIsDoneWithoutThePasswordOfTheBus() {
    var given = Given.spec("livekit: {enabled: true}");
    assertThat(given.plan()).isInstanceOf(Plan.Hold.class);
    assertThat(given.health().reason()).isEqualTo("WaitingForValkey");
  }

  @Test
  void anotherPasswordOfTheBusRestartsTheServers() {
    var before = digest(Given.spec("livekit: {enabled: true}").having(Given.valkey("one")));
    var after = digest(Given.spec("livekit: {enabled: true}").having(Given.valkey("two")));
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void whereValkeyIsElsewhereOneServerRunsAndSaysSo() {
    var given =
        Given.spec(
            "livekit: {enabled: true, replicas: 3}, valkey: {external: {address: 'v:6379'}}");
    assertThat(given.round().wished(Deployment.class, "demo-livekit").getSpec().getReplicas())
        .isOne();
    assertThat(given.servers(1).health().reason()).isEqualTo("NoBus");
  }

  @Test
  void turnIsOpenToAllAndRelaysToOurOwnOnly() {
    var given =
        given("{enabled: true, turn: {enabled: true, domain: t.example.com, tlsSecretName: cert}}")
            .naming("cert", Map.of("tls.crt", "one"));
    assertThat(given.settings()).contains("\"t.example.com\"", "/etc/turn/tls.crt");
    var service = given.wished(Service.class, "demo-livekit-turn").getSpec();
    assertThat(service.getType()).isEqualTo("LoadBalancer");
    assertThat(service.getPorts().get(0).getPort()).isEqualTo(443);
    assertThat(service.getPorts().get(0).getTargetPort().getIntVal()).isEqualTo(5349);
    var policy = given.wished(NetworkPolicy.class, "demo-livekit").getSpec();
    assertThat(policy.getIngress()).filteredOn(r -> r.getFrom().isEmpty()).hasSize(1);
    assertThat(policy.getEgress()).allSatisfy(r -> assertThat(r.getTo()).isNotEmpty());
  }

  @Test
  void aMissingCertificateOfTurnIsToldAndANewOneRestartsTheServers() {
    var spec = "{enabled: true, turn: {enabled: true, tlsSecretName: cert}}";
    assertThat(given(spec).health().reason()).isEqualTo("SecretMissing");
    assertThat(given(spec).plan()).isInstanceOf(Plan.Hold.class);
    assertThat(digest(given(spec).naming("cert", Map.of("tls.crt", "one"))))
        .isNotEqualTo(digest(given(spec).naming("cert", Map.of("tls.crt", "two"))));
  }

  @Test
  void onTheNodesNetworkTheBusIsOpenedForNodes() {
    var policy =
        given("{enabled: true, hostNetwork: true}")
            .wished(NetworkPolicy.class, "demo-livekit-bus")
            .getSpec();
    assertThat(policy.getPodSelector().getMatchLabels()).containsValue("valkey");
    assertThat(policy.getIngress().get(0).getPorts().get(0).getPort().getIntVal()).isEqualTo(6380);
  }

  @Test
  void oneThatIsElsewhereIsPublishedInTheSameShape() {
    var given =
        Given.spec(
            "livekit: {external: {address: 'https://meet.example.org', secretName: theirs}}");
    assertThat(given.health().reason()).isEqualTo("SecretMissing");
    given.naming("theirs", Map.of("api_key", "APIx", "api_secret", "y"));
    var secret = given.wished(Secret.class, "demo-livekit");
    assertThat(Secrets.text(secret, "uri")).isEqualTo("wss://meet.example.org");
    assertThat(Secrets.text(secret, "port")).isEqualTo("443");
    assertThat(Secrets.text(secret, "api-secret")).isEqualTo("y");
    assertThat(given.health().state()).isEqualTo(Health.State.READY);
  }

  @Test
  void itServesWithFewerThanWishedAndNotWithNone() {
    var given = given("{enabled: true, replicas: 2}").round();
    assertThat(given.servers(0).health().state()).isEqualTo(Health.State.WAITING);
    assertThat(given.servers(1).health().state()).isEqualTo(Health.State.DEGRADED);
    assertThat(given.servers(2).health().state()).isEqualTo(Health.State.READY);
  }

  @Test
  void aPodThatTheNamespaceDoesNotAdmitIsTold() {
    var given = given("{enabled: true, hostNetwork: true}").round();
    var refused =
        new DeploymentBuilder(given.wished(Deployment.class, "demo-livekit"))
            .withNewStatus()
            .addNewCondition()
            .withType("ReplicaFailure")
            .withStatus("True")
            .withMessage("violates PodSecurity \"restricted:latest\": host namespaces")
            .endCondition()
            .endStatus()
            .build();
    var health = given.having(refused).health();
    assertThat(health.reason()).isEqualTo("PodsRefused");
    assertThat(health.message()).contains("PodSecurity");
  }

  @Test
  void aServerThatWaitsForItsBusSaysSo() {
    var waiting =
        new PodBuilder()
            .withMetadata(PART.named("demo-livekit-x"))
            .withNewStatus()
            .addNewInitContainerStatus()
            .withName("bus")
            .withNewState()
            .withNewRunning("2026-01-01T00:00:00Z")
            .endState()
            .endInitContainerStatus()
            .endStatus()
            .build();
    var health = given("{enabled: true}").round().servers(0).having(waiting).health();
    assertThat(health.reason()).isEqualTo("BusUnreachable");
    assertThat(health.message()).contains("demo-valkey", "demo-livekit-x");
  }

  @Test
  void itSleepsWithTheCluster() {
    var given =
        Given.spec("hibernate: true, livekit: {enabled: true}").having(Given.valkey("secret"));
    assertThat(given.wished(Deployment.class, "demo-livekit").getSpec().getReplicas()).isZero();
    assertThat(given.round().health().reason()).isEqualTo("Hibernated");
  }

  @Test
  void whereItIsNotWishedItGoes() {
    assertThat(Given.spec("hibernate: false").plan()).isInstanceOf(Plan.Absent.class);
  }

  private static Given given(String livekit) {
    return Given.livekit(livekit);
  }

  private static int surge(String livekit) {
    var spec = given(livekit).wished(Deployment.class, "demo-livekit").getSpec();
    return spec.getStrategy().getRollingUpdate().getMaxSurge().getIntVal();
  }

  private static PodSpec pod(String livekit) {
    var deployment = given(livekit).wished(Deployment.class, "demo-livekit");
    return deployment.getSpec().getTemplate().getSpec();
  }

  private static String digest(Given given) {
    var template = given.wished(Deployment.class, "demo-livekit").getSpec().getTemplate();
    return template.getMetadata().getAnnotations().getOrDefault(Names.DIGEST, "");
  }
}
