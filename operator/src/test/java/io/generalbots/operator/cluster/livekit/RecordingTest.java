package io.generalbots.operator.cluster.livekit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.operator.cluster.recording.Recording;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What recorders are told, and how they say they are. */
class RecordingTest {

  private static final String NAME = "demo-livekit-egress";
  private static final Part PART = new Part("demo", "livekit-egress");

  /** What the documentation of the recorder names, of what is written here. */
  private static final List<String> DOCUMENTED =
      List.of(
          "api_key",
          "api_secret",
          "ws_url",
          "insecure",
          "redis",
          "health_port",
          "prometheus_port",
          "logging",
          "disallow_local_storage",
          "session_limits",
          "storage");

  @Test
  void aRecorderIsToldTheRoomsTheBusAndItsBucket() throws IOException {
    var settings = settings(given("{}"));
    assertThat(settings.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(DOCUMENTED);
    assertThat(settings.path("ws_url").asText())
        .isEqualTo("ws://demo-livekit.bots.svc.cluster.local:7880");
    assertThat(settings.path("api_key").asText()).isEqualTo("APIone");
    assertThat(settings.at("/redis/address").asText())
        .isEqualTo("demo-valkey.bots.svc.cluster.local:6380");
    assertThat(settings.at("/redis/tls/ca_cert_file").asText())
        .isEqualTo("/etc/livekit/bus-ca.crt");
    assertThat(settings.at("/storage/s3/endpoint").asText()).isEqualTo("https://demo-s3:8334");
    assertThat(settings.at("/storage/s3/bucket").asText()).isEqualTo("recordings");
    assertThat(settings.at("/storage/s3/access_key").asText()).isEqualTo("egress");
  }

  @Test
  void recordingsHaveTheTimeOfTheirRoomsAndThenSomeToBeUploaded() {
    var pod = given("{}").wished(Deployment.class, NAME).getSpec().getTemplate().getSpec();
    assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(3600 + 60);
    assertThat(pod.getContainers().get(0).getEnv())
        .anyMatch(v -> "DRAIN_SECONDS".equals(v.getName()) && "3600".equals(v.getValue()));
    assertThat(pod.getContainers().get(0).getImage()).isEqualTo("egress:test");
  }

  @Test
  void aNewKeyANewPasswordAndANewLoginEachRestartTheRecorders() {
    var first = digest(given("{}"));
    assertThat(digest(given("{}"))).isEqualTo(first);
    assertThat(digest(given("{}").having(told("APItwo")))).isNotEqualTo(first);
    assertThat(digest(given("{}").having(Given.valkey("other")))).isNotEqualTo(first);
    assertThat(digest(given("{}").having(store(Map.of("password", "new"))))).isNotEqualTo(first);
  }

  @Test
  void withoutAStoreOrABusNothingIsRecordedAndNothingIsMissed() {
    var storeless = Given.spec("livekit: {enabled: true}, seaweedfs: {enabled: false}");
    var busless = Given.spec("livekit: {enabled: true}, valkey: {external: {address: 'v:6379'}}");
    assertThat(storeless.asked(new Recording()).plan()).isInstanceOf(Plan.Absent.class);
    assertThat(storeless.health().reason()).isEqualTo("NoObjectStore");
    assertThat(storeless.health().isSettled()).isTrue();
    assertThat(busless.asked(new Recording()).plan()).isInstanceOf(Plan.Absent.class);
    assertThat(busless.health().reason()).isEqualTo("NoRecorderBus");
  }

  @Test
  void whereItIsNotAskedForItIsNot() {
    assertThat(given("{enabled: false}").plan()).isInstanceOf(Plan.Absent.class);
    assertThat(given("{enabled: false}").health()).isEqualTo(Health.disabled());
    var elsewhere = Given.spec("livekit: {external: {address: 'wss://m.example.org'}}");
    assertThat(elsewhere.asked(new Recording()).plan()).isInstanceOf(Plan.Absent.class);
  }

  /** Rooms go on without: nobody else waits for it. */
  @Test
  void itWaitsForItsSecretsWhileTheOthersServe() {
    var given = Given.livekit("{enabled: true}").asked(new Recording());
    assertThat(given.plan()).isInstanceOf(Plan.Hold.class);
    assertThat(given.health().reason()).isEqualTo("WaitingForSecrets");
    assertThat(given.health().serves()).isTrue();
  }

  @Test
  void anImageThatCannotBePulledIsToldByItsName() {
    var health = given("{}").having(withoutImage()).health();
    assertThat(health.state()).isEqualTo(Health.State.DEGRADED);
    assertThat(health.reason()).isEqualTo("ImageUnavailable");
    assertThat(health.message()).contains("egress:test", "demo-livekit-egress-x");
  }

  @Test
  void aStoreElsewhereIsReachedByItsOwnPort() throws IOException {
    var given =
        Given.spec(
                "livekit: {enabled: true}, seaweedfs: {external: {endpoint:"
                    + " 'https://s3.example.com:9000', secretName: theirs}}")
            .having(Given.valkey("secret"), told("APIone"), elsewhere())
            .asked(new Recording());
    var ports =
        given.wished(NetworkPolicy.class, NAME).getSpec().getEgress().stream()
            .filter(r -> r.getTo().stream().anyMatch(p -> p.getIpBlock() != null))
            .flatMap(r -> r.getPorts().stream())
            .map(p -> p.getPort().getIntVal());
    assertThat(ports).contains(9000).doesNotContain(8334);
    assertThat(settings(given).at("/storage/s3/endpoint").asText())
        .isEqualTo("https://s3.example.com:9000");
  }

  @Test
  void itSleepsWithTheCluster() {
    var given =
        Given.spec("hibernate: true, livekit: {enabled: true}")
            .having(Given.valkey("secret"), told("APIone"), store(Map.of()))
            .asked(new Recording());
    assertThat(given.wished(Deployment.class, NAME).getSpec().getReplicas()).isZero();
    assertThat(given.health().reason()).isEqualTo("Hibernated");
  }

  private static Given given(String recording) {
    return Given.livekit("{enabled: true, recording: %s}".formatted(recording))
        .having(told("APIone"), store(Map.of()))
        .asked(new Recording());
  }

  private static Secret told(String key) {
    var uri = "ws://demo-livekit.bots.svc.cluster.local:7880";
    return Secrets.opaque(
        new Part("demo", "livekit").meta(),
        Map.of("api-key", key, "api-secret", "secret of " + key, "uri", uri));
  }

  private static Secret store(Map<String, String> others) {
    var keys =
        new HashMap<>(
            Map.of(
                "username", "egress",
                "password", "secret",
                "uri", "http://demo-s3:8333",
                "port", "8333",
                "tls-uri", "https://demo-s3:8334",
                "tls-port", "8334",
                "region", "us-east-1",
                "bucket", "recordings",
                "ca.crt", "CERTIFICATE"));
    keys.putAll(others);
    return Secrets.basicAuth(new Part("demo", "s3-egress").meta(), keys);
  }

  private static Secret elsewhere() {
    return Secrets.basicAuth(
        new Part("demo", "s3-egress").meta(),
        Map.of(
            "username", "theirs",
            "password", "secret",
            "uri", "https://s3.example.com:9000",
            "port", "9000",
            "region", "eu-west-1",
            "bucket", "recordings"));
  }

  private static Pod withoutImage() {
    return new PodBuilder()
        .withMetadata(PART.named("demo-livekit-egress-x"))
        .withNewSpec()
        .addNewContainer()
        .withName("egress")
        .withImage("egress:test")
        .endContainer()
        .endSpec()
        .withNewStatus()
        .addNewContainerStatus()
        .withNewState()
        .withNewWaiting("told by the kubelet", "ErrImagePull")
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static JsonNode settings(Given given) throws IOException {
    var text = Secrets.text(given.wished(Secret.class, NAME), "egress.yaml");
    return new ObjectMapper().readTree(text);
  }

  private static String digest(Given given) {
    var template = given.wished(Deployment.class, NAME).getSpec().getTemplate();
    return template.getMetadata().getAnnotations().getOrDefault(Names.DIGEST, "");
  }
}
