package io.generalbots.operator.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.operator.residents.Registered;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Two Tenants in one cache and one object store: each is let in to what is its own, to nothing
 * else, and not for longer than it is registered. Each test builds on the one before.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(360)
class SharedStoresE2E {

  private static final String NAMESPACE = "e2e-shared-stores";
  private static final Registered ACME = new Registered("acme", NAMESPACE);
  private static final Registered RIVAL = new Registered("rival", NAMESPACE);

  /** From a change of what is registered until the servers act on it. */
  private static final Duration LIMIT = ofSeconds(60);

  private static final String ENTER = "cache PING";
  private static final String OBJECT = "code $U/rival.gbai/secret";

  /** Listens in the background, and leaves a file when the connection ends. */
  private static final String LISTEN =
      """
      rm -f ended heard
      (cache() { REDISCLI_AUTH=$PASSWORD valkey-cli --no-auth-warning --user "$LOGIN" \
      -h "$CACHE" -p 6380 --tls --cacert /tls/ca.crt "$@"; }
      cache SUBSCRIBE t:rival:news >heard 2>&1; touch ended) </dev/null >/dev/null 2>&1 &
      until grep -q subscribe heard 2>/dev/null; do :; done
      """;

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final SharedStores STORES = new SharedStores(CLIENT, NAMESPACE);

  @BeforeAll
  static void create() {
    STORES.create(ACME.registration(), RIVAL.registration());
  }

  @AfterAll
  static void remove() {
    STORES.close();
  }

  @Test
  @Order(1)
  void eachIsLetIn() {
    for (var tenant : new Registered[] {ACME, RIVAL}) {
      STORES.until(tenant, ENTER, "PONG", LIMIT);
      STORES.until(tenant, "code -I $U/%s.gbai".formatted(tenant.tenant()), "200", LIMIT);
    }
    assertThat(STORES.as(RIVAL, "cache SET t:rival:secret treasure")).isEqualTo("OK");
    assertThat(STORES.as(RIVAL, "echo treasure >s; code -T s $U/rival.gbai/secret"))
        .isEqualTo("200");
    assertThat(STORES.asApplication("cache SET platform:secret treasure")).isEqualTo("OK");
    assertThat(STORES.asRoot("echo treasure >s; code -T s $U/default.gbai/secret"))
        .isEqualTo("200");
  }

  @Test
  @Order(2)
  void noTryInTheCacheSucceeds() {
    none(Tried.of("Valkey", STORES.attack(ACME, "valkey")).told(), 100);
    assertThat(STORES.as(RIVAL, "cache GET t:rival:secret")).isEqualTo("treasure");
  }

  @Test
  @Order(3)
  void noTryInTheObjectStoreSucceeds() {
    assertThat(STORES.attack(ACME, "prepare-s3")).startsWith("200");
    none(Tried.of("S3", STORES.attack(ACME, "s3")).told(), 50);
    assertThat(STORES.as(RIVAL, "s3 $U/rival.gbai/secret")).isEqualTo("treasure");
    assertThat(STORES.as(ACME, "s3 $U/")).contains("acme.gbai").doesNotContain("rival", "default");
  }

  @Test
  @Order(4)
  void theSuspendedIsOutAndItsConnectionsEnd() {
    STORES.as(RIVAL, LISTEN);
    STORES.register(RIVAL.suspended());
    isOut();
    STORES.until(RIVAL, "ls ended", "ended", ofSeconds(5));
    assertThat(STORES.as(ACME, ENTER)).isEqualTo("PONG");
    assertThat(STORES.as(ACME, "code $U/acme.gbai/own")).isEqualTo("200");
  }

  @Test
  @Order(5)
  void itFindsWhatItHadWhenItIsBack() {
    STORES.register(RIVAL.registration());
    STORES.until(RIVAL, ENTER, "PONG", LIMIT);
    STORES.until(RIVAL, OBJECT, "200", LIMIT);
    assertThat(STORES.as(RIVAL, "cache GET t:rival:secret")).isEqualTo("treasure");
  }

  @Test
  @Order(6)
  void theRemovedIsOutAndItsDataStays() {
    STORES.as(RIVAL, LISTEN);
    STORES.remove(RIVAL);
    isOut();
    STORES.until(RIVAL, "ls ended", "ended", ofSeconds(5));
    assertThat(STORES.asRoot("s3 $U/rival.gbai/secret")).isEqualTo("treasure");
    assertThat(STORES.asApplication("cache GET t:rival:secret")).isEqualTo("treasure");
    assertThat(STORES.as(ACME, ENTER)).isEqualTo("PONG");
  }

  private static void none(Tried tried, int tries) {
    assertThat(tried.through()).isEmpty();
    assertThat(tried.refused()).isEmpty();
    assertThat(tried.tries()).isGreaterThanOrEqualTo(tries);
  }

  /** At every gateway: a Service leads to any of them. */
  private static void isOut() {
    STORES.until(RIVAL, ENTER, "WRONGPASS", LIMIT);
    STORES.until(
        RIVAL,
        "for i in 1 2 3 4 5 6 7 8; do code $U/rival.gbai/secret; done",
        "403".repeat(8),
        LIMIT);
  }
}
