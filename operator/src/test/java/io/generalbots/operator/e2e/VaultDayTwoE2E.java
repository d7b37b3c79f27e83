package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static java.time.temporal.ChronoUnit.MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A vault that grows, loses its leader, breaks, and is made anew on what it left. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(400)
@Thorough
class VaultDayTwoE2E {

  private static final Logger LOG = Logger.getLogger(VaultDayTwoE2E.class);
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final String NAMESPACE = "e2e-vault-day-two";
  private static final Stage STAGE = new Stage(CLIENT, NAMESPACE);
  private static final VaultCluster VAULT = new VaultCluster(CLIENT, NAMESPACE);
  private static final VaultReader READER = new VaultReader(CLIENT, NAMESPACE);
  private static final String TABLES = "gbo/tables";

  @BeforeAll
  static void oneServer() {
    STAGE.prepare();
    VAULT.create("");
    VAULT.awaitReady(1, ofMinutes(4));
    READER.start();
  }

  @AfterAll
  static void remove() {
    READER.stop();
    STAGE.clear();
  }

  @Test
  @Order(1)
  void ofThreeAnyMayBeLost() {
    VAULT.patch("{\"vault\": {\"replicas\": 3}}");
    VAULT.awaitReady(3, ofMinutes(4));
    READER.awaitVoters(3, VAULT.value("-vault-operator", "password"), ofMinutes(2));
    var leader = READER.leader();
    var since = Instant.now();
    CLIENT.pods().inNamespace(NAMESPACE).withName(leader).withGracePeriod(0).delete();
    var gap = READER.awaitReadableAfterFailure(TABLES, since, ofSeconds(90));
    LOG.infof("readable %d ms after the leader was killed", gap.toMillis());
    assertThat(gap).isLessThan(ofSeconds(30));
    VAULT.awaitReady(3, ofMinutes(3));
  }

  @Test
  @Order(2)
  void noneGoesAgainAndThatIsTold() {
    VAULT.patch("{\"vault\": {\"replicas\": 1}}");
    VAULT.await("VaultReady", c -> "CannotShrink".equals(c.getReason()), ofMinutes(1));
    VAULT.patch("{\"vault\": {\"replicas\": 3}}");
    VAULT.awaitReady(3, ofMinutes(1));
  }

  @Test
  @Order(3)
  void oneThatDoesNotRunIsToldAndComesBack() {
    VAULT.patch("{\"images\": {\"vault\": \"generalbots/openbao:none\"}}");
    VAULT.await("VaultReady", VaultCluster::isFalse, ofMinutes(1));
    CLIENT.pods().inNamespace(NAMESPACE).withLabel("generalbots.io/component", "vault").delete();
    var since = Instant.now();
    VAULT.await(
        VaultCluster.SYNCED,
        c -> VaultCluster.isFalse(c) && "Unreachable".equals(c.getReason()),
        ofSeconds(90));
    LOG.infof("told %d ms after the pods were deleted", since.until(Instant.now(), MILLIS));
    VAULT.patch("{\"images\": {\"vault\": null}}");
    VAULT.awaitReady(3, ofMinutes(3));
    assertThat(READER.status("", "secret/data/" + TABLES)).isEqualTo("200");
  }

  @Test
  @Order(4)
  void aLaterClusterFindsTheSameContents() {
    var version = READER.version(TABLES);
    var key = READER.entry("gbo/encryption").get("master_key");
    var token = VAULT.value("-vault-botserver", "token");
    READER.stop();
    VAULT.delete();
    CLIENT
        .secrets()
        .inNamespace(NAMESPACE)
        .withName("demo-vault-botserver")
        .waitUntilCondition(s -> s == null, 60, TimeUnit.SECONDS);
    VAULT.create("");
    VAULT.await(VaultCluster.SYNCED, Told::isTrue, ofMinutes(4));
    READER.start();
    READER.awaitReadable(TABLES, Instant.now(), ofMinutes(1));
    assertThat(VAULT.value("-vault-botserver", "token")).isEqualTo(token);
    assertThat(READER.entry("gbo/encryption").get("master_key")).isEqualTo(key);
    assertThat(READER.version(TABLES)).isEqualTo(version);
  }
}
