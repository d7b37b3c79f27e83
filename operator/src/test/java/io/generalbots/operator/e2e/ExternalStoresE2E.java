package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * A BotCluster without a store of its own: the contract double of botserver runs on a database, a
 * cache and an object store that are another's, and on a vault that no operator runs.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(600)
@Thorough
class ExternalStoresE2E {

  private static final String NAMESPACE = "e2e-external";
  private static final String DATABASE = "guests";
  private static final List<String> GIVEN =
      List.of(
          "their-database",
          "their-ca",
          "their-cache",
          "their-drive",
          "their-vault",
          "their-vault-ca",
          "their-llm");

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final Stage STAGE = new Stage(CLIENT, NAMESPACE);
  private static final ExternalStores STORES = new ExternalStores(CLIENT, NAMESPACE);
  private static final SomebodysVault VAULT = new SomebodysVault(CLIENT, NAMESPACE);
  private static final Shell SHELL = new Shell(CLIENT, NAMESPACE);

  @BeforeAll
  static void storesOfOthers() {
    remove();
    STAGE.prepare();
    VAULT.start();
    STORES.createHost();
    new PostgresCluster(CLIENT, NAMESPACE)
        .sql("demo-postgres-0", "CREATE DATABASE %s OWNER botserver".formatted(DATABASE));
    giveDatabase(STORES.published("app", "password"));
    STORES.give("their-ca", Map.of("ca.crt", STORES.published("server", "ca.crt")));
    STORES.give("their-cache", login("valkey"));
    STORES.give(
        "their-drive",
        Map.of(
            "access_key", STORES.published("s3", "username"),
            "secret_key", STORES.published("s3", "password")));
    STORES.give("their-vault-ca", Map.of("ca.crt", VAULT.authority()));
    STORES.createGuest(VAULT.address());
  }

  @AfterAll
  static void remove() {
    STAGE.clear();
    VAULT.remove();
    GIVEN.forEach(name -> CLIENT.secrets().inNamespace(NAMESPACE).withName(name).delete());
  }

  @Test
  @Order(1)
  void whoHasNoTokenIsToldSo() {
    var told =
        STORES.await(
            ExternalStores.GUEST,
            "SecretsSynced",
            c -> c.getMessage().contains("their-vault"),
            ofSeconds(30));
    assertThat(told.getStatus()).isEqualTo("False");
    assertThat(bots()).isEmpty();
  }

  @Test
  @Order(2)
  void withTheRightsOfTheGuideItIsReadyAndTouchesEveryStore() {
    STORES.give("their-vault", Map.of("token", VAULT.token()));
    STORES.await(ExternalStores.GUEST, "Ready", c -> "True".equals(c.getStatus()), ofMinutes(4));
    assertThat(says()).contains("\"database\": true", "\"cache\": true", "\"drive\": true");
    assertThat(VAULT.value("gbo/tables", "database")).isEqualTo(DATABASE);
    assertThat(VAULT.value("gbo/cache", "host"))
        .isEqualTo("demo-valkey.%s.svc".formatted(NAMESPACE));
  }

  @Test
  @Order(3)
  void itRunsNothingButBotServers() {
    var pods =
        CLIENT.pods().inNamespace(NAMESPACE).withLabel("generalbots.io/cluster", "guest").list();
    assertThat(pods.getItems())
        .extracting(p -> p.getMetadata().getLabels().get("generalbots.io/component"))
        .containsOnly("botserver");
  }

  @Test
  @Order(4)
  void aPasswordThatIsTakenAwayIsMissedAndWhatRunsGoesOn() {
    var before = bots();
    giveDatabase("");
    var told =
        STORES.await(
            ExternalStores.GUEST,
            "PostgresReady",
            c -> "SecretUnusable".equals(c.getReason()),
            ofSeconds(30));
    assertThat(told.getMessage()).contains("their-database", "password");
    assertThat(says()).contains("\"database\": true");
    giveDatabase(STORES.published("app", "password"));
    STORES.await(ExternalStores.GUEST, "Ready", c -> "True".equals(c.getStatus()), ofSeconds(30));
    assertThat(bots())
        .extracting(ExternalStoresE2E::uid)
        .isEqualTo(before.stream().map(ExternalStoresE2E::uid).toList());
  }

  /** The vault asks the API server whether the operator is who it says. */
  @Test
  @Order(5)
  void itMayComeInAsItsServiceAccountToo() {
    VAULT.letIn("generalbots-system");
    STORES.give("their-llm", Map.of("openai_key", "sk-" + Instant.now().toEpochMilli()));
    STORES.patchGuest(
        """
        {"vault": {"external": {"auth": {"tokenSecretName": null, "kubernetes": {"role": "bots"}}},
          "userSecrets": [{"path": "gbo/llm", "secretName": "their-llm"}]}}
        """);
    STORES.await(
        ExternalStores.GUEST, "SecretsSynced", c -> "True".equals(c.getStatus()), ofMinutes(1));
    assertThat(VAULT.value("gbo/llm", "openai_key")).startsWith("sk-");
  }

  /** With deletion of all that is its own, what others have is left to them. */
  @Test
  @Order(6)
  void itLeavesTheStoresOfOthersAlone() {
    var before = uids(ExternalStores.HOST);
    STORES.cluster(ExternalStores.GUEST).delete();
    STORES.cluster(ExternalStores.GUEST).waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
    STORES.await(ExternalStores.HOST, "Ready", c -> "True".equals(c.getStatus()), ofSeconds(30));
    assertThat(uids(ExternalStores.HOST)).isEqualTo(before);
    assertThat(VAULT.value("gbo/tables", "database")).isEqualTo(DATABASE);
    assertThat(
            new PostgresCluster(CLIENT, NAMESPACE)
                .sql(
                    "demo-postgres-0", "SELECT count(*) FROM pg_database WHERE datname = 'guests'"))
        .isEqualTo("1");
  }

  private static void giveDatabase(String password) {
    STORES.give(
        "their-database",
        Map.of("username", "botserver", "password", password, "dbname", DATABASE));
  }

  private static Map<String, String> login(String secret) {
    return Map.of(
        "username", STORES.published(secret, "username"),
        "password", STORES.published(secret, "password"));
  }

  private static String says() {
    var ask =
        "python3 -c \"import urllib.request as r;"
            + " print(r.urlopen('http://localhost:8080/api/double', timeout=8).read().decode())\"";
    return SHELL.run(bots().get(0).getMetadata().getName(), ask);
  }

  private static List<Pod> bots() {
    return CLIENT
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("generalbots.io/cluster", ExternalStores.GUEST)
        .list()
        .getItems();
  }

  private static List<String> uids(String cluster) {
    return CLIENT
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("generalbots.io/cluster", cluster)
        .list()
        .getItems()
        .stream()
        .map(ExternalStoresE2E::uid)
        .sorted()
        .toList();
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }
}
