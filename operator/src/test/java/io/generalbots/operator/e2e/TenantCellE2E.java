package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.api.v1alpha1.tenant.StoreStatus;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A Tenant with every server to itself, led to by the gateway of a BotCluster elsewhere. */
@Thorough
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(720)
class TenantCellE2E {

  private static final Duration LIMIT = ofMinutes(4);
  private static final CellPods PODS =
      new CellPods(new KubernetesClientBuilder().build(), "e2e-tenant-cell");
  private static final TenantPods TEAM = PODS.team();

  @BeforeAll
  static void create() {
    PODS.close();
    PODS.create();
    PODS.createTenant("");
  }

  @AfterAll
  static void remove() {
    PODS.close();
  }

  @Test
  @Order(1)
  void itBecomesReadyWhenEveryServerOfItsOwnIs() {
    TEAM.awaitPhase("acme", TenantPhase.READY, ofMinutes(10));
    assertThat(TEAM.tenant("acme").require().getStatus().stores())
        .extracting(StoreStatus::name)
        .containsExactly("postgres", "valkey", "seaweedfs", "livekit", "vault");
    TEAM.startClient();
  }

  @Test
  @Order(2)
  void whatIsPublishedWorks() {
    var uri = TEAM.value("acme-postgres", "uri");
    assertThat(TEAM.sql(uri, "create table notes (n int); insert into notes values (7)"))
        .contains("INSERT");
    assertThat(TEAM.cache("acme", "SET k treasure")).isEqualTo("OK");
    assertThat(TEAM.drive("acme", "-T /tmp/s $U/acme.gbai/o")).isEqualTo("200");
    var vault =
        "curl -s --max-time 10 --cacert /tls/ca.crt -o /dev/null -w '%%{http_code}' -H 'X-Vault-Token: %s' %s/v1/%s/data/%s/tables"
            .formatted(
                TEAM.value("acme-vault", "token"),
                TEAM.value("acme-vault", "address"),
                TEAM.value("acme-vault", "mount"),
                TEAM.value("acme-vault", "path"));
    assertThat(TEAM.run(vault)).isEqualTo("200");
  }

  /** The double says who it is, and which stores have answered. */
  @Test
  @Order(3)
  void itsHostLeadsToItsOwnBotServersAndMeetings() {
    TEAM.until(() -> PODS.host("/api/double"), " 200", ofSeconds(60));
    assertThat(PODS.host("/api/double"))
        .contains("\"replica\": \"acme-cell-botserver-")
        .contains("\"database\": true", "\"cache\": true", "\"drive\": true");
    assertThat(PODS.host("/api/bot/config")).endsWith("404");
    assertThat(PODS.host("/rtc/validate")).endsWith("401");
  }

  @Test
  @Order(4)
  void suspendedItSleepsAndThenEverythingIsThere() {
    TEAM.patch("acme", "{\"spec\":{\"suspend\":true}}");
    TEAM.until(() -> PODS.host("/api/double"), " 503", ofSeconds(60));
    TEAM.awaitPhase("acme", TenantPhase.SUSPENDED, LIMIT);
    PODS.awaitAsleep(LIMIT);
    TEAM.patch("acme", "{\"spec\":{\"suspend\":false}}");
    TEAM.awaitPhase("acme", TenantPhase.READY, ofMinutes(8));
    isThere();
  }

  @Test
  @Order(5)
  void whatItLeavesIsForTheNextOfItsNameThatAsksForIt() {
    TEAM.delete("acme", LIMIT);
    PODS.awaitGone(LIMIT);
    assertThat(PODS.volumes()).isPositive();
    new TenantPods(PODS.client(), PODS.namespace()).awaitRetained(ofSeconds(60), "acme");
    PODS.createTenant("");
    TEAM.awaitPhase("acme", TenantPhase.STALLED, ofSeconds(60));
    TEAM.patch("acme", "{\"spec\":{\"adopt\":true}}");
    TEAM.awaitPhase("acme", TenantPhase.READY, ofMinutes(8));
    isThere();
  }

  @Test
  @Order(6)
  void withDeleteNothingOfItIsLeft() {
    TEAM.patch("acme", "{\"spec\":{\"adopt\":false,\"reclaimPolicy\":\"Delete\"}}");
    TEAM.delete("acme", LIMIT);
    PODS.awaitGone(LIMIT);
    TEAM.until(() -> String.valueOf(PODS.volumes()), "0", ofSeconds(60));
    new TenantPods(PODS.client(), PODS.namespace()).awaitRetained(ofSeconds(60));
  }

  private static void isThere() {
    var uri = TEAM.value("acme-postgres", "uri");
    TEAM.until(() -> TEAM.sql(uri, "select n from notes"), "7", ofSeconds(60));
    assertThat(TEAM.drive("acme", "$U/acme.gbai/o")).isEqualTo("200");
    TEAM.until(() -> PODS.host("/api/double"), "acme-cell-botserver-", ofMinutes(2));
  }
}
