package io.generalbots.operator.cluster.qdrant;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Secrets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wished of Qdrant in the course of its life, and what is said of it. */
class QdrantTest {

  private static final String THREE = "qdrant: {replicas: 3}";
  private static final String TWO = "qdrant: {replicas: 2}";

  @Test
  void whatIsSwitchedOffIsAbsent() {
    var given = Given.spec("qdrant: {enabled: false}");
    assertThat(given.plan()).isEqualTo(new Plan.Absent());
    assertThat(given.health()).isEqualTo(Health.disabled());
  }

  @Test
  void growsAtOnce() {
    assertThat(replicas(Given.spec(THREE).running(1))).containsExactly(3);
  }

  @Test
  void nothingIsAskedOfQdrantOnceItIsInLine() {
    var given = Given.spec(THREE).running(3).tended();
    assertThat(given.step()).isEmpty();
    assertThat(given.health().state()).isEqualTo(Health.State.READY);
  }

  @Test
  void anotherSpecIsAReasonToLook() {
    var given = Given.spec(THREE).running(3).tended();
    var map = given.wished(ConfigMap.class);
    var changed = Given.spec("qdrant: {replicas: 3, textIndexes: [title]}").running(3);
    var step = changed.having(map.toArray(ConfigMap[]::new)).step().orElseThrow();
    assertThat(step.collections().textIndexes()).containsExactly("title");
    assertThat(step.peers().count()).isEqualTo(3);
  }

  @Test
  void anotherVolumeIsAReasonToLook() {
    var given = Given.spec(THREE).running(3).tended();
    given.without(Given.claim(1)).having(Given.claim(1, "another"));
    assertThat(given.step()).isPresent();
  }

  @Test
  void nothingIsAskedWhileAPeerIsNotReady() {
    var given = Given.spec(THREE).running(3);
    given.without(Given.pod(1, Names.PEER, true)).having(Given.pod(1, Names.PEER, false));
    assertThat(given.step()).isEmpty();
  }

  @Test
  void clientsAreLedAwayBeforeAnythingIsTakenFromAPeer() {
    var given = Given.spec(TWO).running(3).tended();
    assertThat(given.step()).isEmpty();
    assertThat(replicas(given)).containsExactly(3);
    assertThat(given.wished(Pod.class))
        .singleElement()
        .satisfies(
            pod -> {
              assertThat(pod.getMetadata().getName()).isEqualTo("demo-qdrant-2");
              assertThat(pod.getMetadata().getLabels()).containsEntry(Labels.ROLE, "leaving");
            });
  }

  @Test
  void aPeerAndItsVolumeGoOnlyAfterTheStep() {
    var given = leaving();
    assertThat(given.step().orElseThrow().peers().count()).isEqualTo(2);
    assertThat(replicas(given)).containsExactly(3, 2);
    assertThat(given.wished(StatefulSet.class))
        .extracting(s -> s.getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenScaled())
        .containsExactly("Retain", "Delete");
  }

  @Test
  void downOneByOne() {
    var given = Given.spec("qdrant: {replicas: 1, replicationFactor: 1}").running(3);
    given.without(Given.pod(2, "", true)).having(Given.pod(2, Names.LEAVING, true));
    assertThat(replicas(given)).containsExactly(3, 2);
  }

  @Test
  void untilItsVolumeIsGoneNothingElseIsDone() {
    var given = Given.spec(TWO).running(2).having(Given.claim(2));
    assertThat(given.step()).isEmpty();
    assertThat(replicas(given)).containsExactly(2);
    assertThat(policy(given)).isEqualTo("Delete");
    var regretted = Given.spec(THREE).running(2).having(Given.claim(2));
    assertThat(replicas(regretted)).containsExactly(2);
  }

  @Test
  void whoIsToStayAfterAllGetsItsClientsBack() {
    var given = Given.spec(THREE).running(3).tended();
    given.without(Given.pod(2, "", true)).having(Given.pod(2, Names.LEAVING, true));
    assertThat(given.step()).isEmpty();
    assertThat(given.wished(Pod.class))
        .singleElement()
        .satisfies(p -> assertThat(p.getMetadata().getLabels()).containsEntry(Labels.ROLE, "peer"));
  }

  @Test
  void hibernationKeepsEveryVolume() {
    var given = Given.spec("hibernate: true, qdrant: {replicas: 2}").running(3);
    assertThat(replicas(given)).containsExactly(0);
    assertThat(policy(given)).isEqualTo("Retain");
    assertThat(given.step()).isEmpty();
  }

  /** Whoever has data is needed for giving it away. */
  @Test
  void wakesWithAsManyAsHaveVolumes() {
    var given =
        Given.spec(TWO).having(Given.set(0), Given.claim(0), Given.claim(1), Given.claim(2));
    assertThat(replicas(given)).containsExactly(3);
  }

  @Test
  void aNewVolumeThatIsKeptOutIsToldToTheStep() {
    var given = Given.spec(THREE).running(3).tended();
    given.without(Given.pod(1, "", true)).having(Given.ended(1, Names.NEWCOMER));
    assertThat(given.step().orElseThrow().peers().newcomers()).containsExactly(1);
    assertThat(given.health().reason()).isEqualTo("VolumeLost");
  }

  @Test
  void anotherFirstPeerJoinsThroughTheSecondOnceTheClusterIsFounded() {
    assertThat(files(Given.spec(THREE).running(3)).get(0)).containsEntry("through", "");
    assertThat(files(Given.spec(THREE).running(3).tended()).get(0)).containsEntry("through", "1");
    var one = "qdrant: {replicas: 1, replicationFactor: 1}";
    assertThat(files(Given.spec(one).running(1).tended()).get(0)).containsEntry("through", "");
  }

  @Test
  void anImageThatCannotBePulledIsSaidInWordsThatDoNotChange() {
    var tried = Given.spec(THREE).having(Given.set(3), Given.waiting(0, "ErrImagePull"));
    var paused = Given.spec(THREE).having(Given.set(3), Given.waiting(0, "ImagePullBackOff"));
    assertThat(tried.health()).isEqualTo(paused.health());
    assertThat(tried.health().reason()).isEqualTo("ImageUnavailable");
    assertThat(tried.health().message())
        .startsWith("the image qdrant:test cannot be pulled: demo-qdrant-0");
  }

  @Test
  void theDeclaredFallbackKeepsTheClusterAvailable() {
    var pod = Given.waiting(0, "ErrImageNeverPull");
    var declared = Given.spec(THREE).having(Given.set(3), pod).health();
    assertThat(declared.serves()).isTrue();
    assertThat(declared.isSettled()).isFalse();
    var refused = "qdrant: {replicas: 3}, fallback: {vectordb: {enabled: false}}";
    assertThat(Given.spec(refused).having(Given.set(3), pod).health().serves()).isFalse();
  }

  @Test
  void noKeyIsWrittenAndTheUsersIsUsed() {
    var none = Given.spec(THREE);
    assertThat(none.wished(Secret.class).get(0).getData()).doesNotContainKey("api-key");
    assertThat(variable(none, "QDRANT__SERVICE__JWT_RBAC").getValue()).isEqualTo("false");
    var set =
        Given.spec(THREE)
            .having(Secrets.opaque(Names.part("demo").meta(), Map.of("api-key", "secret")));
    assertThat(variable(set, "QDRANT__SERVICE__JWT_RBAC").getValue()).isEqualTo("true");
    var key = variable(set, "QDRANT__SERVICE__API_KEY").getValueFrom().getSecretKeyRef();
    assertThat(key.getName()).isEqualTo("demo-qdrant");
    assertThat(key.getOptional()).isTrue();
  }

  @Test
  void peersKeepTheProtocolTheirClusterWasMadeWith() {
    var part = Names.part("demo");
    var certificate =
        Secrets.tls(part.meta("server"), Map.of("tls.crt", "c", "tls.key", "k", "ca.crt", "a"));
    var plain = Given.spec(THREE).wished(StatefulSet.class);
    var secured =
        Given.spec("qdrant: {tls: {mode: Required}}")
            .having(plain.toArray(StatefulSet[]::new))
            .having(certificate);
    assertThat(variable(secured, "QDRANT__SERVICE__ENABLE_TLS").getValue()).isEqualTo("true");
    assertThat(variable(secured, "SCHEME").getValue()).isEqualTo("http");
    var fresh = Given.spec("qdrant: {tls: {mode: Required}}").having(certificate);
    assertThat(variable(fresh, "SCHEME").getValue()).isEqualTo("https");
  }

  @Test
  void withoutItsCertificateNothingIsMade() {
    assertThat(Given.spec("qdrant: {tls: {mode: Required}}").plan()).isInstanceOf(Plan.Hold.class);
  }

  @Test
  void oneOfTheUsersOwnIsPublished() {
    var spec = "qdrant: {external: {address: 'https://[fd00::1]:7333', secretName: mine}}";
    assertThat(Given.spec(spec).health().reason()).isEqualTo("SecretNotFound");
    assertThat(Given.spec(spec).plan()).isInstanceOf(Plan.Hold.class);
    var secret =
        Given.spec(spec).naming("mine", Map.of("api_key", "k")).wished(Secret.class).get(0);
    assertThat(Secrets.text(secret, "host")).isEqualTo("[fd00::1]");
    assertThat(Secrets.text(secret, "port")).isEqualTo("7333");
    assertThat(Secrets.text(secret, "api-key")).isEqualTo("k");
  }

  private static Given leaving() {
    return Given.spec(TWO)
        .running(3)
        .without(Given.pod(2, "", true))
        .having(Given.pod(2, Names.LEAVING, true));
  }

  private static List<Integer> replicas(Given given) {
    return given.wished(StatefulSet.class).stream().map(s -> s.getSpec().getReplicas()).toList();
  }

  private static String policy(Given given) {
    var set = given.wished(StatefulSet.class).get(0);
    return set.getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenScaled();
  }

  private static List<Map<String, String>> files(Given given) {
    return given.wished(ConfigMap.class).stream().map(ConfigMap::getData).toList();
  }

  private static EnvVar variable(Given given, String name) {
    var template = given.wished(StatefulSet.class).get(0).getSpec().getTemplate();
    return template.getSpec().getContainers().get(0).getEnv().stream()
        .filter(v -> name.equals(v.getName()))
        .findFirst()
        .orElseThrow();
  }
}
