package io.generalbots.operator.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.residents.Registered;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Tenants in one Qdrant, each in its own collections, by the contract of Qdrant 1.18.3: a stand-in
 * that follows what was recorded and measured of it ({@code QdrantStandInTest}), or the server
 * itself where a node has an image of it. Each test builds on the one before.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(420)
class TenantVectorsE2E {

  private static final String NAMESPACE = "e2e-tenant-vectors";
  private static final Registered ACME = new Registered("acme", NAMESPACE);
  private static final Registered RIVAL = new Registered("rival", NAMESPACE);
  private static final String DOOR = "http://demo-gateway-vectors:6333/collections";
  private static final String STRAIGHT = "http://vectors:6333/collections";
  private static final String VECTORS = "-d '{\"vectors\":{\"size\":4,\"distance\":\"Cosine\"}}' ";

  /** From a change of what is registered until the gateways act on it. */
  private static final Duration LIMIT = ofSeconds(90);

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final TenantVectors QDRANT = new TenantVectors(CLIENT, NAMESPACE);

  private static List<String> before = List.of();

  @BeforeAll
  static void create() {
    QDRANT.create();
    before = gateways();
    QDRANT.register(ACME.registration());
    QDRANT.register(RIVAL.registration());
  }

  @AfterAll
  static void remove() {
    QDRANT.close();
  }

  @Test
  @Order(1)
  void eachIsLetInToItsOwnCollections() {
    for (var tenant : List.of(ACME, RIVAL)) {
      var own = DOOR + "/t~%s~kb".formatted(tenant.tenant());
      QDRANT.until(tenant.password(), DOOR, "200", LIMIT);
      assertThat(QDRANT.as(tenant, "-X PUT " + VECTORS + own)).startsWith("200");
      assertThat(QDRANT.as(tenant, put(2) + own + "/points?wait=true")).startsWith("200");
      assertThat(
              QDRANT.as(tenant, "-d '{\"query\":[0,1,0,0],\"limit\":1}' " + own + "/points/query"))
          .startsWith("200")
          .containsPattern("\"id\": ?2\\b");
    }
    assertThat(QDRANT.asPlatform("-X PUT " + VECTORS + STRAIGHT + "/kb")).startsWith("200");
    assertThat(QDRANT.asPlatform(put(2) + STRAIGHT + "/kb/points?wait=true")).startsWith("200");
    assertThat(QDRANT.as(ACME, DOOR)).contains("t~acme~kb").doesNotContain("rival", "\"kb\"");
  }

  @Test
  @Order(2)
  void noTrySucceeds() {
    var tried = Tried.of("Qdrant", QDRANT.attack(ACME)).told();
    assertThat(tried.through()).isEmpty();
    assertThat(tried.refused()).isEmpty();
    assertThat(tried.tries()).isGreaterThanOrEqualTo(70);
    assertThat(QDRANT.asPlatform(STRAIGHT))
        .contains("\"kb\"", "t~rival~kb", "t~acme~kb")
        .doesNotContain("planted", "wide", "copy");
    assertThat(count("t~rival~kb")).containsPattern("\"count\": ?2\\b");
  }

  @Test
  @Order(3)
  void whoHasTooManyReadsAndRemovesAndAddsNothing() {
    var own = DOOR + "/t~acme~kb";
    QDRANT.register(ACME.restrained("qdrant"));
    QDRANT.until(ACME.password(), put(1) + own + "/points", "403", LIMIT);
    assertThat(QDRANT.as(ACME, own + "/points/1")).startsWith("200");
    assertThat(QDRANT.as(ACME, "-d '{\"points\":[1]}' " + own + "/points/delete"))
        .startsWith("200");
    QDRANT.register(ACME.registration());
    QDRANT.until(ACME.password(), put(1) + own + "/points", "200", LIMIT);
  }

  @Test
  @Order(4)
  void theSuspendedIsShutOutAndNoOtherIs() {
    QDRANT.register(RIVAL.suspended());
    QDRANT.until(RIVAL.password(), DOOR, "401", LIMIT);
    assertThat(QDRANT.as(ACME, DOOR)).startsWith("200");
    QDRANT.register(RIVAL.registration());
    QDRANT.until(RIVAL.password(), DOOR + "/t~rival~kb", "200", LIMIT);
  }

  /** With a Tenant of the operator's own: what is above is registered by hand. */
  @Test
  @Order(5)
  void aTenantGetsAKeyThatOpensItsCollections() {
    QDRANT.createTenant("globex", "Retain", "");
    QDRANT.awaitPhase("globex", TenantPhase.READY);
    assertThat(QDRANT.told("globex", "prefix")).isEqualTo("t~globex~");
    assertThat(asGlobex("-X PUT " + VECTORS + DOOR + "/t~globex~kb")).startsWith("200");
    assertThat(asGlobex(DOOR + "/t~acme~kb")).startsWith("403");
    assertThat(QDRANT.asPlatform(STRAIGHT)).contains("t~globex~kb");
  }

  /** As every day: a Job tries it with the Tenant's own key. */
  @Test
  @Order(6)
  void itsIsolationIsTried() {
    QDRANT.annotate("globex", "generalbots.io/check-isolation", "now");
    QDRANT.await("globex", t -> Conditions.isTrue(t.getStatus().conditions(), "Isolated"));
  }

  @Test
  @Order(7)
  void itsPointsAreCountedAndOverItsLimitItAddsNothing() {
    assertThat(asGlobex(put(8) + DOOR + "/t~globex~kb/points?wait=true")).startsWith("200");
    QDRANT.await("globex", t -> isExceeded(t));
    assertThat(usage(QDRANT.now("globex"))).isEqualTo(8);
    QDRANT.until(globex(), put(1) + DOOR + "/t~globex~kb/points", "403", LIMIT);
    var all = "-d '{\"points\":[1,2,3,4,5,6,7]}' ";
    assertThat(asGlobex(all + DOOR + "/t~globex~kb/points/delete?wait=true")).startsWith("200");
    QDRANT.await("globex", t -> !isExceeded(t));
    QDRANT.until(globex(), put(1) + DOOR + "/t~globex~kb/points", "200", LIMIT);
  }

  @Test
  @Order(8)
  void aNewKeyStandsBesideTheFormer() {
    var former = globex();
    QDRANT.annotate("globex", "generalbots.io/rotate", "now");
    QDRANT.awaitKeyOtherThan(former, "globex");
    assertThat(asGlobex(DOOR)).startsWith("200");
    assertThat(QDRANT.as(former, DOOR)).startsWith("200");
  }

  @Test
  @Order(9)
  void suspendedItsKeyOpensNothing() {
    QDRANT.patch("globex", "{\"suspend\":true}");
    QDRANT.awaitPhase("globex", TenantPhase.SUSPENDED);
    QDRANT.until(globex(), DOOR, "401", LIMIT);
    QDRANT.patch("globex", "{\"suspend\":false}");
    QDRANT.awaitPhase("globex", TenantPhase.READY);
    QDRANT.until(globex(), DOOR + "/t~globex~kb", "200", LIMIT);
  }

  @Test
  @Order(10)
  void whatItLeavesIsForWhoAdoptsItAlone() {
    QDRANT.delete("globex");
    assertThat(QDRANT.asPlatform(STRAIGHT)).contains("t~globex~kb");
    QDRANT.createTenant("globex", "Retain", "");
    QDRANT.awaitPhase("globex", TenantPhase.STALLED);
    QDRANT.patch("globex", "{\"adopt\":true}");
    QDRANT.awaitPhase("globex", TenantPhase.READY);
    assertThat(asGlobex(DOOR)).startsWith("200").contains("t~globex~kb");
  }

  @Test
  @Order(11)
  void itsEndIsThatOfItsCollections() {
    var key = globex();
    QDRANT.patch("globex", "{\"adopt\":false,\"reclaimPolicy\":\"Delete\"}");
    QDRANT.delete("globex");
    assertThat(QDRANT.as(key, DOOR)).startsWith("401");
    assertThat(QDRANT.asPlatform(STRAIGHT)).doesNotContain("globex").contains("t~rival~kb");
  }

  /** Keys came and went. */
  @Test
  @Order(12)
  void nothingWasRestarted() {
    assertThat(gateways()).isEqualTo(before);
  }

  private static String globex() {
    return QDRANT.told("globex", "api-key");
  }

  private static String asGlobex(String words) {
    return QDRANT.as(globex(), words);
  }

  /** So many points, the second of which is like what is asked for. */
  private static String put(int points) {
    var all = new StringBuilder();
    for (var id = 1; id <= points; id++) {
      all.append(all.isEmpty() ? "" : ",")
          .append("{\"id\":%d,\"vector\":[1,%d,0,0]}".formatted(id, id * id));
    }
    return "-X PUT -d '{\"points\":[%s]}' ".formatted(all);
  }

  private static String count(String collection) {
    return QDRANT.asPlatform(
        "-d '{\"exact\":true}' %s/%s/points/count".formatted(STRAIGHT, collection));
  }

  private static boolean isExceeded(Tenant tenant) {
    return Conditions.isTrue(tenant.getStatus().conditions(), "LimitExceeded");
  }

  private static long usage(Tenant tenant) {
    var usage = tenant.getStatus().usage();
    return usage == null || usage.vectors() == null ? -1 : usage.vectors();
  }

  private static List<String> gateways() {
    return CLIENT
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("generalbots.io/component", "gateway")
        .list()
        .getItems()
        .stream()
        .map(TenantVectorsE2E::life)
        .sorted()
        .toList();
  }

  private static String life(Pod pod) {
    var restarts =
        pod.getStatus().getContainerStatuses().stream().mapToInt(c -> c.getRestartCount());
    return pod.getMetadata().getName() + " " + restarts.sum();
  }
}
