package io.generalbots.operator.cluster.livekit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.generalbots.operator.cluster.transcription.Transcription;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What agents are given, and how they say they are. */
class TranscriptionTest {

  private static final String NAME = "demo-livekit-transcription";

  @Test
  void anAgentHasTheWayInAndThenWhatTheUserSays() {
    var variables = variables("[{name: LANGUAGE, value: en}]");
    assertThat(variables)
        .extracting(EnvVar::getName)
        .containsExactly(
            "LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET", "HOME", "LANGUAGE");
    assertThat(variables.subList(0, 3))
        .extracting(v -> v.getValueFrom().getSecretKeyRef().getName())
        .containsOnly("demo-livekit");
  }

  /** The schema refuses it; one that is older than the operator might not. */
  @Test
  void nobodyLeadsAnAgentElsewhereByAVariable() {
    var variables = variables("[{name: LIVEKIT_URL, value: 'ws://elsewhere'}]");
    assertThat(variables)
        .filteredOn(v -> "LIVEKIT_URL".equals(v.getName()))
        .singleElement()
        .satisfies(v -> assertThat(v.getValue()).isNull());
  }

  @Test
  void aHomeOfTheUsersStands() {
    assertThat(variables("[{name: HOME, value: /tmp/mine}]"))
        .filteredOn(v -> "HOME".equals(v.getName()))
        .singleElement()
        .satisfies(v -> assertThat(v.getValue()).isEqualTo("/tmp/mine"));
  }

  @Test
  void whatCannotBeTheNameOfAVariableIsTold() {
    var given = given("[{name: 'a=b', value: x}, {name: 'é', value: x}, {name: good.one}]");
    assertThat(given.plan()).isInstanceOf(Plan.Hold.class);
    assertThat(given.health().reason()).isEqualTo("VariableUnusable");
    assertThat(given.health().message()).contains("a=b, é").doesNotContain("good.one");
    assertThat(given.health().state()).isEqualTo(Health.State.DEGRADED);
  }

  @Test
  void aNewKeyRestartsTheAgents() {
    var first = digest(given("[]"));
    assertThat(digest(given("[]"))).isEqualTo(first);
    assertThat(digest(given("[]").having(told("APItwo")))).isNotEqualTo(first);
  }

  @Test
  void anAgentHasTheTimeOfItsRooms() {
    assertThat(pod("[]").getTerminationGracePeriodSeconds()).isGreaterThan(3600);
  }

  @Test
  void itWaitsForTheKeyAndIsGoneWhereItIsNotAskedFor() {
    var early =
        Given.livekit("{enabled: true, transcription: {enabled: true, image: 'agent:1'}}")
            .asked(new Transcription());
    assertThat(early.health().reason()).isEqualTo("WaitingForLiveKit");
    var without = Given.livekit("{enabled: true}").asked(new Transcription());
    assertThat(without.plan()).isInstanceOf(Plan.Absent.class);
    assertThat(without.health()).isEqualTo(Health.disabled());
  }

  private static Given given(String environment) {
    return Given.livekit(
            "{enabled: true, transcription: {enabled: true, image: 'agent:1', environment: %s}}"
                .formatted(environment))
        .having(told("APIone"))
        .asked(new Transcription());
  }

  private static Secret told(String key) {
    return Secrets.opaque(
        new Part("demo", "livekit").meta(),
        Map.of("api-key", key, "api-secret", "secret of " + key, "uri", "ws://demo-livekit"));
  }

  private static PodSpec pod(String environment) {
    var deployment = given(environment).wished(Deployment.class, NAME);
    return deployment.getSpec().getTemplate().getSpec();
  }

  private static List<EnvVar> variables(String environment) {
    return pod(environment).getContainers().get(0).getEnv();
  }

  private static String digest(Given given) {
    var template = given.wished(Deployment.class, NAME).getSpec().getTemplate();
    return template.getMetadata().getAnnotations().getOrDefault(Names.DIGEST, "");
  }
}
