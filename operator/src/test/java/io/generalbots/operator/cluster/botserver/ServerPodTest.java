package io.generalbots.operator.cluster.botserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.api.v1alpha1.cluster.BotServerSpec;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a bot server is given, and what it is restarted for. */
class ServerPodTest {

  private static final String SETTINGS = "demo-vault-botserver";

  @Test
  void itsEnvironmentIsAsSmallAsItCanBe() {
    assertThat(variables(Given.spec("qdrant: {enabled: false}")))
        .extracting(EnvVar::getName)
        .containsExactly(
            "VAULT_ADDR",
            "VAULT_TOKEN",
            "VAULT_CACERT",
            "PORT",
            "GBO_WORK_PATH",
            "JWT_SECRET",
            "SKIP_LLM_SERVER",
            "BOTSERVER_DISABLE_TLS",
            "BOTSERVER_ENV",
            "PGSSLMODE",
            "PGSSLROOTCERT");
  }

  @Test
  void languageModelsAreAskedThroughGatewaysWhereAProviderIsNamed() {
    var door = new EnvVar("LLM_URL", "http://demo-gateway-llm.bots.svc.cluster.local:8085", null);
    var own = "botserver: {environment: [{name: LLM_URL, value: 'http://own'}]}";
    var provider = "llm: {url: 'https://api.example.com'}";
    assertThat(variables(Given.spec(provider))).contains(door);
    assertThat(variables(Given.spec(provider + ", " + own)))
        .filteredOn(v -> "LLM_URL".equals(v.getName()))
        .containsExactly(door);
    assertThat(variables(Given.spec(own))).contains(new EnvVar("LLM_URL", "http://own", null));
  }

  @Test
  void aModelThatStandsByIsAskedByBotsWithoutOneOfTheirOwnAlone() {
    var local = "fallback: {llm: {enabled: true, claimName: models, file: /m.gguf}}";
    assertThat(variables(Given.spec(local))).extracting(EnvVar::getName).doesNotContain("LLM_URL");
  }

  @Test
  void everyVariableOfOursIsReserved() {
    assertThat(variables(Given.botserver("{}")))
        .extracting(EnvVar::getName)
        .allMatch(Environment.RESERVED::contains);
  }

  @Test
  void theSchemaRefusesTheSameNames() {
    var rules =
        Arrays.stream(BotServerSpec.class.getAnnotationsByType(ValidationRule.class))
            .map(ValidationRule::value)
            .filter(rule -> rule.contains("self.environment"))
            .toList();
    var quoted = rules.stream().flatMap(r -> Stream.of(r.split("'"))).toList();
    assertThat(quoted).containsAll(Environment.RESERVED);
    assertThat(quoted).hasSize(2 * Environment.RESERVED.size() + 1);
  }

  @Test
  void aUserAddsButNeverOverrides() {
    var given =
        Given.botserver(
            "{environment: [{name: RUST_LOG, value: debug}, {name: VAULT_ADDR, value: evil}]}");
    assertThat(variables(given))
        .filteredOn(v -> "VAULT_ADDR".equals(v.getName()))
        .singleElement()
        .satisfies(
            v -> assertThat(v.getValueFrom().getSecretKeyRef().getName()).isEqualTo(SETTINGS));
    assertThat(variables(given)).last().extracting(EnvVar::getName).isEqualTo("RUST_LOG");
  }

  @Test
  void noSecretIsInThePod() {
    var given = Given.botserver("{}").without(SETTINGS).having(Given.vault("very-hidden"));
    assertThat(given.deployment().orElseThrow().toString()).doesNotContain("very-hidden");
  }

  @Test
  void aChangedTokenRestartsIt() {
    var one = Given.botserver("{}");
    var other = one.without(SETTINGS).having(Given.vault("t2"));
    assertThat(annotations(other)).isNotEqualTo(annotations(one));
    assertThat(annotations(one)).isEqualTo(annotations(Given.botserver("{}")));
  }

  @Test
  void aChangedLoginOfAStoreRestartsIt() {
    var one = Given.botserver("{}").having(login("first"));
    var other = Given.botserver("{}").having(login("second"));
    assertThat(annotations(other)).isNotEqualTo(annotations(one));
  }

  @Test
  void anotherPrimaryRestartsItWhereNoPoolerHoldsItsConnection() {
    var alone = Given.spec("postgres: {pooler: {enabled: false}}");
    assertThat(annotations(alone.having(primary("demo-postgres-1"))))
        .isNotEqualTo(annotations(alone.having(primary("demo-postgres-0"))));
    var pooled = Given.botserver("{}");
    assertThat(annotations(pooled.having(primary("demo-postgres-1"))))
        .isEqualTo(annotations(pooled.having(primary("demo-postgres-0"))));
  }

  @Test
  void itsProbesKnowHowLongItTakes() {
    var container = spec(Given.botserver("{}")).getContainers().get(0);
    assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/health");
    assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/health");
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/api/health");
    assertThat(container.getReadinessProbe().getTimeoutSeconds()).isEqualTo(6);
    assertThat(
            container.getStartupProbe().getPeriodSeconds()
                * container.getStartupProbe().getFailureThreshold())
        .isGreaterThanOrEqualTo(300);
  }

  @Test
  void itHasTimeToDrain() {
    var pod = spec(Given.botserver("{drainSeconds: 120}"));
    assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(160L);
    assertThat(pod.getContainers().get(0).getLifecycle().getPreStop().getExec().getCommand())
        .endsWith("drain", "120");
  }

  @Test
  void onlyTheGatewayReachesItAndItReachesOnlyItsStores() {
    var policy = Given.botserver("{}").managed(NetworkPolicy.class).get(0).getSpec();
    assertThat(policy.getIngress()).hasSize(1);
    assertThat(policy.getIngress().get(0).getFrom().get(0).getPodSelector().getMatchLabels())
        .containsEntry("generalbots.io/component", "gateway");
    assertThat(policy.getEgress().stream().skip(1).map(r -> r.getTo().get(0)))
        .extracting(p -> p.getPodSelector().getMatchLabels().get("generalbots.io/component"))
        .containsExactly("pooler", "valkey", "vault", "s3", "qdrant");
  }

  @Test
  void itWaitsForTheStoresThatItCannotBeWithout() {
    assertThat(spec(Given.botserver("{}")).getContainers().get(0).getCommand())
        .endsWith("start", "demo-pooler:5432", "demo-s3:8333");
  }

  private static PodSpec spec(Given given) {
    return given.deployment().orElseThrow().getSpec().getTemplate().getSpec();
  }

  private static List<EnvVar> variables(Given given) {
    return spec(given).getContainers().get(0).getEnv();
  }

  private static Map<String, String> annotations(Given given) {
    return given.deployment().orElseThrow().getSpec().getTemplate().getMetadata().getAnnotations();
  }

  private static Secret login(String password) {
    return Secrets.basicAuth(
        new Part("demo", "valkey").meta(), Map.of("username", "default", "password", password));
  }

  private static Pod primary(String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withUid("u-" + name)
        .withLabels(new Part("demo", "postgres").selector("primary"))
        .endMetadata()
        .build();
  }
}
