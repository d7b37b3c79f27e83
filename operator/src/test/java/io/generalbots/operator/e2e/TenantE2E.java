package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** Two Tenants in all stores of one BotCluster, from the beginning to the end of one of them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(600)
class TenantE2E {

  private static final String TABLES = VaultOfTenants.path("acme", "tables");
  private static final Duration LIMIT = ofSeconds(60);
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final TenantPods PODS = new TenantPods(CLIENT, "e2e-tenant");
  private static final VaultOfTenants VAULT = new VaultOfTenants(PODS);

  @BeforeAll
  static void create() {
    PODS.close();
    PODS.create();
    PODS.createTenant("acme");
    PODS.createTenant("rival");
  }

  @AfterAll
  static void remove() {
    PODS.close();
  }

  @Test
  @Order(1)
  void bothBecomeReady() {
    PODS.awaitPhase("acme", TenantPhase.READY, ofMinutes(6));
    PODS.awaitPhase("rival", TenantPhase.READY, ofMinutes(1));
    assertThat(PODS.tenant("acme").require().getStatus().stores()).hasSize(4);
    PODS.startClient();
  }

  @Test
  @Order(2)
  void whatIsPublishedWorks() {
    for (var tenant : new String[] {"acme", "rival"}) {
      var uri = PODS.value(tenant + "-postgres", "uri");
      assertThat(PODS.sql(uri, "create table notes (n int); insert into notes values (7)"))
          .contains("INSERT");
      assertThat(PODS.sql(uri, "select n from notes")).isEqualTo("7");
      assertThat(PODS.cache(tenant, "SET t:%s:k treasure".formatted(tenant))).isEqualTo("OK");
      assertThat(PODS.drive(tenant, "-T /tmp/s $U/%s.gbai/o".formatted(tenant))).isEqualTo("200");
    }
  }

  /** The double says who it is, and which stores have answered. */
  @Test
  @Order(3)
  void eachHostLeadsToBotServersOfItsOwn() {
    for (var tenant : new String[] {"acme", "rival"}) {
      PODS.until(() -> PODS.host(tenant, "/api/double"), " 200", LIMIT);
      assertThat(PODS.host(tenant, "/api/double"))
          .contains("\"replica\": \"" + tenant + "-botserver-")
          .contains("\"bots\": [\"" + tenant + "\"]")
          .contains("\"database\": true", "\"cache\": true", "\"drive\": true");
      var uri = PODS.value(tenant + "-postgres", "uri");
      assertThat(PODS.sql(uri, "select name from bots where name <> 'default'")).isEqualTo(tenant);
    }
    assertThat(PODS.host("acme", "/api/bot/config")).isEqualTo("404");
  }

  @Test
  @Order(3)
  void noneComesToWhatIsTheOthers() {
    var uri = PODS.value("acme-postgres", "uri");
    assertThat(PODS.sql(uri.replace("/t_acme?", "/t_rival?"), "select 1"))
        .contains("rejects connection");
    assertThat(PODS.cache("acme", "GET t:rival:k")).contains("NOPERM");
    assertThat(PODS.drive("acme", "$U/rival.gbai/o")).isEqualTo("403");
  }

  @Test
  @Order(3)
  void whatBotServersWouldReadIsInTheVault() {
    for (var tenant : new String[] {"acme", "rival"}) {
      assertThat(VAULT.entry(tenant, "tables"))
          .contains(PODS.value(tenant + "-postgres", "password"))
          .endsWith("200");
      assertThat(VAULT.entry(tenant, "drive")).contains(tenant + ".gbai").endsWith("200");
    }
  }

  @Test
  @Order(3)
  void noTryInTheVaultSucceeds() {
    var tried = VAULT.attack("acme");
    assertThat(tried.through()).isEmpty();
    assertThat(tried.refused()).isEmpty();
    assertThat(tried.tries()).isGreaterThanOrEqualTo(80);
  }

  /** A hole of the platform's is made, found, and closed again. */
  @Test
  @Order(3)
  void whetherItIsKeptToItselfIsTried() {
    checkIsolation("whole", "AllRefused");
    PODS.asSuperuser("GRANT pg_read_all_settings TO t_rival, ta_rival");
    checkIsolation("hole", "LetThrough");
    PODS.asSuperuser("REVOKE pg_read_all_settings FROM t_rival, ta_rival");
    checkIsolation("closed", "AllRefused");
  }

  @Test
  @Order(4)
  void newLoginsTakeOverWhileTheFormerWork() {
    var former = PODS.value("acme-postgres", "uri");
    var token = VAULT.token("acme");
    PODS.patch("acme", "{\"metadata\":{\"annotations\":{\"generalbots.io/rotate\":\"now\"}}}");
    PODS.awaitLogin("acme-postgres", "tb_acme", LIMIT);
    PODS.awaitLogin("acme-valkey", "t-acme-b", LIMIT);
    PODS.awaitLogin("acme-s3", "t-acme-b", LIMIT);
    PODS.until(() -> VAULT.entry("acme", "tables"), PODS.value("acme-postgres", "password"), LIMIT);
    PODS.until(() -> String.valueOf(VAULT.token("acme").equals(token)), "false", LIMIT);
    assertThat(VAULT.ask(token, TABLES)).endsWith("200");
    assertThat(VAULT.entry("acme", "tables")).endsWith("200");
    assertThat(PODS.sql(PODS.value("acme-postgres", "uri"), "select n from notes")).isEqualTo("7");
    assertThat(PODS.sql(former, "select n from notes")).isEqualTo("7");
    assertThat(PODS.cache("acme", "GET t:acme:k")).isEqualTo("treasure");
    assertThat(PODS.drive("acme", "$U/acme.gbai/o")).isEqualTo("200");
    PODS.until(() -> PODS.host("acme", "/api/health"), " 200", ofMinutes(3));
  }

  @Test
  @Order(5)
  void suspendedNobodyGetsInAndThenEverythingIsThere() {
    var uri = PODS.value("acme-postgres", "uri");
    PODS.patch("acme", "{\"spec\":{\"suspend\":true}}");
    PODS.awaitPhase("acme", TenantPhase.SUSPENDED, LIMIT);
    assertThat(PODS.sql(uri, "select n from notes")).isNotEqualTo("7");
    assertThat(VAULT.entry("acme", "tables")).endsWith("403");
    PODS.until(() -> PODS.cache("acme", "PING"), "WRONGPASS", LIMIT);
    PODS.until(() -> PODS.host("acme", "/api/double"), " 503", LIMIT);
    PODS.patch("acme", "{\"spec\":{\"suspend\":false}}");
    PODS.awaitPhase("acme", TenantPhase.READY, ofMinutes(2));
    PODS.until(() -> PODS.host("acme", "/api/double"), "acme-botserver-", LIMIT);
    assertThat(PODS.sql(uri, "select n from notes")).isEqualTo("7");
    assertThat(PODS.cache("acme", "GET t:acme:k")).isEqualTo("treasure");
    assertThat(VAULT.entry("acme", "tables")).endsWith("200");
  }

  /** An empty database has 8 MB: 16 more are too many, and 100 more close it. */
  @Test
  @Order(6)
  void whoHasMoreThanItMayAddsNothingUntilThereIsRoom() {
    var uri = PODS.value("acme-postgres", "uri");
    var more = "insert into blobs select repeat(md5(n::text), 32) from generate_series(1, %d) n";
    PODS.sql(uri, "create table blobs (b text); alter table blobs alter b set storage plain");
    PODS.patch("acme", limits("32Mi"));
    PODS.sql(uri, more.formatted(24_000));
    PODS.awaitLimit("acme", "StoreReadOnly", LIMIT);
    PODS.until(() -> PODS.sql(uri, "insert into notes values (8)"), "read-only", LIMIT);
    assertThat(PODS.sql(uri, "select min(n) from notes")).isEqualTo("7");
    assertThat(PODS.sql(PODS.value("rival-postgres", "uri"), "insert into notes values (8)"))
        .contains("INSERT");
    PODS.sql(uri, "begin read write; truncate blobs; commit");
    PODS.awaitLimit("acme", "WithinLimits", LIMIT);
    PODS.until(() -> PODS.sql(uri, "insert into notes values (8)"), "INSERT", LIMIT);
    // Whoever goes on writing on purpose.
    PODS.sql(uri, more.formatted(100_000));
    PODS.awaitLimit("acme", "StoreClosed", LIMIT);
    PODS.until(() -> PODS.sql(uri, "select 1"), "FATAL", LIMIT);
    PODS.patch("acme", limits("1Gi"));
    PODS.awaitLimit("acme", "WithinLimits", LIMIT);
    PODS.until(() -> PODS.sql(uri, "drop table blobs"), "DROP", LIMIT);
    PODS.sql(uri, "delete from notes where n = 8");
    PODS.sql(PODS.value("rival-postgres", "uri"), "delete from notes where n = 8");
    PODS.awaitPhase("acme", TenantPhase.READY, ofMinutes(2));
  }

  /** What the servers mount takes a while to come. */
  @Test
  @Order(6)
  void theSameInTheCacheAndInBuckets() {
    PODS.cache("acme", "SETRANGE t:acme:large 3000000 x");
    PODS.run("head -c 3000000 /dev/urandom >/tmp/large");
    assertThat(PODS.drive("acme", "-T /tmp/large $U/acme.gbai/large")).isEqualTo("200");
    PODS.patch("acme", "{\"spec\":{\"limits\":{\"cacheMemory\":\"1Mi\",\"bucketSize\":\"1Mi\"}}}");
    PODS.awaitLimit("acme", "StoreReadOnly", LIMIT);
    PODS.until(() -> PODS.cache("acme", "SET t:acme:more x"), "NOPERM", ofMinutes(3));
    PODS.until(() -> PODS.drive("acme", "-T /tmp/s $U/acme.gbai/more"), "403", ofMinutes(3));
    assertThat(PODS.cache("acme", "GET t:acme:k")).isEqualTo("treasure");
    assertThat(PODS.drive("acme", "$U/acme.gbai/o")).isEqualTo("200");
    assertThat(PODS.cache("rival", "SET t:rival:k treasure")).isEqualTo("OK");
    assertThat(PODS.drive("rival", "-T /tmp/s $U/rival.gbai/o")).isEqualTo("200");
    assertThat(PODS.cache("acme", "DEL t:acme:large")).isEqualTo("1");
    assertThat(PODS.drive("acme", "-X DELETE $U/acme.gbai/large")).isEqualTo("204");
    PODS.awaitLimit("acme", "WithinLimits", LIMIT);
    PODS.until(() -> PODS.cache("acme", "SET t:acme:more x"), "OK", ofMinutes(3));
    PODS.until(() -> PODS.drive("acme", "-T /tmp/s $U/acme.gbai/more"), "200", ofMinutes(3));
  }

  private static String limits(String databaseSize) {
    return "{\"spec\":{\"limits\":{\"databaseSize\":\"%s\"}}}".formatted(databaseSize);
  }

  @Test
  @Order(6)
  void aBucketOfSomebodyElsesIsNotGivenToIt() {
    assertThat(PODS.drive("demo", "-X PUT $U/platform.gbai")).isEqualTo("200");
    PODS.patch("rival", "{\"spec\":{\"bots\":[{\"name\":\"rival\"},{\"name\":\"platform\"}]}}");
    PODS.awaitPhase("rival", TenantPhase.STALLED, LIMIT);
    assertThat(PODS.drive("rival", "$U/platform.gbai")).isEqualTo("403");
    PODS.patch("rival", "{\"spec\":{\"bots\":[{\"name\":\"rival\"}]}}");
    PODS.awaitPhase("rival", TenantPhase.READY, LIMIT);
    assertThat(PODS.drive("rival", "$U/rival.gbai/o")).isEqualTo("200");
  }

  /** They are told, and are somebody's to remove. */
  @Test
  @Order(6)
  void whatBelongsToNoTenantIsNamedAndLeft() {
    PODS.awaitOrphans(c -> "NoneFound".equals(c.getReason()), LIMIT);
    var token = VAULT.platformToken();
    assertThat(VAULT.ask(token, "sys/namespaces/t-lost -X PUT")).endsWith("200");
    PODS.asSuperuser("CREATE ROLE t_lost IN ROLE tenants");
    var all = "role t_lost, namespace of the vault t-lost";
    PODS.awaitOrphans(c -> c.getMessage().endsWith(all), LIMIT);
    PODS.asSuperuser("DROP ROLE t_lost");
    PODS.awaitOrphans(c -> c.getMessage().endsWith(": namespace of the vault t-lost"), LIMIT);
    assertThat(VAULT.ask(token, "sys/namespaces/t-lost -X DELETE")).contains("20");
    PODS.awaitOrphans(c -> "NoneFound".equals(c.getReason()), LIMIT);
  }

  @Test
  @Order(7)
  void whenItGoesItsLoginsEndAndWhatItHadIsListed() {
    var uri = PODS.value("acme-postgres", "uri");
    var token = VAULT.token("acme");
    PODS.delete("acme", LIMIT);
    assertThat(VAULT.ask(token, TABLES)).endsWith("403");
    assertThat(VAULT.entry("rival", "tables")).endsWith("200");
    assertThat(PODS.sql(uri, "select n from notes")).isNotEqualTo("7");
    PODS.awaitRetained(LIMIT, "acme");
    assertThat(PODS.sql(PODS.value("rival-postgres", "uri"), "select n from notes")).isEqualTo("7");
    assertThat(PODS.cache("rival", "GET t:rival:k")).isEqualTo("treasure");
  }

  @Test
  @Order(8)
  void whatItHadIsForTheNextOfItsNameThatAsksForIt() {
    PODS.createTenant("acme");
    PODS.awaitPhase("acme", TenantPhase.STALLED, LIMIT);
    PODS.patch("acme", "{\"spec\":{\"adopt\":true}}");
    PODS.awaitPhase("acme", TenantPhase.READY, ofMinutes(2));
    assertThat(PODS.sql(PODS.value("acme-postgres", "uri"), "select n from notes")).isEqualTo("7");
    assertThat(PODS.cache("acme", "GET t:acme:k")).isEqualTo("treasure");
    assertThat(PODS.drive("acme", "$U/acme.gbai/o")).isEqualTo("200");
    PODS.awaitRetained(LIMIT);
  }

  @Test
  @Order(9)
  void withDeleteNothingOfItIsLeft() {
    PODS.patch("rival", "{\"spec\":{\"reclaimPolicy\":\"Delete\"}}");
    PODS.delete("rival", ofMinutes(3));
    isGone("rival");
    assertThat(PODS.drive("demo", "-I $U/platform.gbai")).isEqualTo("200");
    assertThat(PODS.sql(PODS.value("acme-postgres", "uri"), "select n from notes")).isEqualTo("7");
    PODS.awaitRetained(LIMIT);
  }

  @Test
  @Order(10)
  void whatIsRetainedGoesWhenItsTimeIsOver() {
    PODS.patch("acme", "{\"spec\":{\"adopt\":false,\"retainFor\":\"5s\"}}");
    PODS.delete("acme", LIMIT);
    PODS.awaitNothingKept(ofMinutes(3));
    isGone("acme");
  }

  private static void checkIsolation(String turn, String reason) {
    var ask = "{\"metadata\":{\"annotations\":{\"generalbots.io/check-isolation\":\"%s\"}}}";
    PODS.patch("rival", ask.formatted(turn));
    PODS.await("rival", t -> isShown(t, reason), ofMinutes(2));
  }

  private static boolean isShown(Tenant tenant, String reason) {
    return tenant.getStatus().conditions().stream()
        .anyMatch(c -> "Isolated".equals(c.getType()) && reason.equals(c.getReason()));
  }

  private static void isGone(String tenant) {
    assertThat(PODS.cache("demo", "EXISTS t:%s:k".formatted(tenant))).isEqualTo("0");
    assertThat(PODS.drive("demo", "-I $U/%s.gbai".formatted(tenant))).isEqualTo("404");
    assertThat(PODS.databases()).doesNotContain("t_" + tenant, "ta_" + tenant, "tb_" + tenant);
  }
}
