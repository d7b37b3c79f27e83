package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.operator.kube.Secrets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** What a vault of one server has, who may read it, and what nobody is told. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class VaultE2E {

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final String NAMESPACE = "e2e-vault";
  private static final Stage STAGE = new Stage(CLIENT, NAMESPACE);
  private static final VaultCluster VAULT = new VaultCluster(CLIENT, NAMESPACE);
  private static final VaultReader READER = new VaultReader(CLIENT, NAMESPACE);
  private static final String LLM = "llm-keys";
  private static final String SENTINEL = "sk-3f1c9a7e5b2d8046";
  private static final String CHANGED = "sk-changed-77aa21bb";

  @BeforeAll
  static void oneServer() {
    STAGE.prepare();
    CLIENT.secrets().inNamespace(NAMESPACE).withName(LLM).delete();
    VAULT.create(", userSecrets: [{path: gbo/llm, secretName: %s}]".formatted(LLM));
    VAULT.await("VaultReady", c -> "WaitingForSecret".equals(c.getReason()), ofMinutes(4));
    READER.start();
  }

  @AfterAll
  static void remove() {
    READER.stop();
    STAGE.clear();
    CLIENT.secrets().inNamespace(NAMESPACE).withName(LLM).delete();
  }

  @Test
  @Order(1)
  void aPodReadsWhatItMayAsText() {
    var tables = READER.entry("gbo/tables");
    assertThat(tables.values()).isNotEmpty().allMatch(String.class::isInstance);
    assertThat(tables.get("password")).isEqualTo(VAULT.value("-app", "password"));
    assertThat(tables.get("host")).isEqualTo(VAULT.value("-app", "host"));
    assertThat(tables.get("port")).isEqualTo("5432");
    assertThat(READER.entry("gbo/cache").get("password"))
        .isEqualTo(VAULT.value("-valkey", "password"));
    assertThat((String) READER.entry("gbo/encryption").get("master_key")).hasSize(64);
    assertThat((String) READER.entry("gbo/jwt").get("secret")).hasSizeGreaterThanOrEqualTo(32);
  }

  @Test
  @Order(2)
  void nothingElseIsOpenToIt() {
    assertThat(READER.status("", "secret/data/other/tables")).isEqualTo("403");
    assertThat(READER.status("", "sys/mounts")).isEqualTo("403");
    assertThat(READER.status("-d '{\"data\":{}}'", "secret/data/gbo/tables")).isEqualTo("403");
    assertThat(READER.status("-d '{}'", "auth/token/create")).isEqualTo("403");
  }

  @Test
  @Order(3)
  void aUsersValuesAppearAndChange() {
    VAULT.await(VaultCluster.SYNCED, c -> c.getMessage().contains("Secret " + LLM), ofMinutes(1));
    VAULT.userSecret(LLM, Map.of("openai_key", SENTINEL));
    VAULT.await(VaultCluster.SYNCED, Told::isTrue, ofMinutes(1));
    assertThat(READER.entry("gbo/llm").get("openai_key")).isEqualTo(SENTINEL);
    var tables = READER.version("gbo/tables");
    var since = Instant.now();
    VAULT.userSecret(LLM, Map.of("openai_key", CHANGED));
    while (!CHANGED.equals(READER.entry("gbo/llm").get("openai_key"))) {
      assertThat(since).isAfter(Instant.now().minus(ofMinutes(1)));
    }
    assertThat(READER.version("gbo/tables")).isEqualTo(tables);
  }

  @Test
  @Order(4)
  void aTokenIsRenewedWhenItsTimeHasCome() {
    var ago = "2020-01-01T00:00:00Z";
    VAULT.edit("-vault-progress", "token-renewed-at", ago);
    var progress = CLIENT.secrets().inNamespace(NAMESPACE).withName("demo-vault-progress");
    progress.waitUntilCondition(
        s -> s != null && !ago.equals(Secrets.text(s, "token-renewed-at")), 60, TimeUnit.SECONDS);
    var token = VAULT.value("-vault-botserver", "token");
    var body = "-d '{\"token\":\"%s\"}'".formatted(token);
    assertThat(READER.asOperator(password(), "auth/token/lookup", body))
        .contains("\"last_renewal\"", "\"period\":2592000", "\"generalbots-reader\"")
        .doesNotContain("\"default\"");
  }

  @Test
  @Order(5)
  void aRestartedServerOpensItsDataByItself() {
    var version = READER.version("gbo/tables");
    var pods = CLIENT.pods().inNamespace(NAMESPACE).withName("demo-vault-0");
    var uid = pods.require().getMetadata().getUid();
    var since = Instant.now();
    pods.delete();
    pods.waitUntilCondition(
        p -> p != null && !uid.equals(p.getMetadata().getUid()), 60, TimeUnit.SECONDS);
    READER.awaitReadable("gbo/tables", since, ofSeconds(90));
    VAULT.awaitReady(1, ofMinutes(1));
    assertThat(READER.version("gbo/tables")).isEqualTo(version);
  }

  @Test
  @Order(6)
  void nobodyIsToldASecret() {
    var told =
        Stream.of(
                CLIENT.getKubernetesSerialization().asYaml(VAULT.resource().require()),
                CLIENT
                    .getKubernetesSerialization()
                    .asYaml(CLIENT.v1().events().inNamespace(NAMESPACE).list()),
                CLIENT
                    .getKubernetesSerialization()
                    .asYaml(CLIENT.configMaps().inNamespace(NAMESPACE).list()),
                OperatorLog.of(CLIENT, NAMESPACE))
            .toList();
    assertThat(told).allSatisfy(text -> assertThat(text).isNotBlank());
    assertThat(told).noneMatch(text -> secrets().anyMatch(text::contains));
    assertThat(serverLog()).contains("\"type\":\"response\"");
    assertThat(secrets()).noneMatch(serverLog()::contains);
  }

  private static Stream<String> secrets() {
    return Stream.of(
            List.of(SENTINEL, CHANGED, password()),
            List.of(VAULT.value("-app", "password"), VAULT.value("-valkey", "password")),
            List.of(VAULT.value("-vault-botserver", "token"), VAULT.value("-vault-unseal", "key")),
            List.of(
                VAULT.value("-encryption", "master-key"), VAULT.value("-vault-keys", "jwt-secret")))
        .flatMap(List::stream);
  }

  private static String serverLog() {
    return CLIENT.pods().inNamespace(NAMESPACE).withName("demo-vault-0").getLog();
  }

  private static String password() {
    return VAULT.value("-vault-operator", "password");
  }
}
