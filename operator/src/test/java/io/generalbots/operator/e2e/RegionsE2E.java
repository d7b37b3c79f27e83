package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.BotCluster;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Two BotClusters that play two regions, and the router that sends users to them; each test builds
 * on the one before it.
 */
@Tag("REQ-SHARD-GEO")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class RegionsE2E {

  private static final String NAMESPACE = "e2e-shard-geo";
  private static final String HOST = GatewayCluster.DOMAIN;
  private static final String EUROPE = "europe";

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final GatewayCluster AMERICA = new GatewayCluster(CLIENT, NAMESPACE);
  private static final Policies POLICIES = new Policies(CLIENT, NAMESPACE, "demo");

  @BeforeAll
  static void twoRegions() {
    AMERICA.create();
    var europe = new BotCluster();
    var demo = CLIENT.resources(BotCluster.class).inNamespace(NAMESPACE).withName("demo").require();
    europe.getMetadata().setName(EUROPE);
    europe.setSpec(demo.getSpec());
    CLIENT.resource(europe).inNamespace(NAMESPACE).create();
    POLICIES.create(
        "by-region",
        "strategy: Geo, geo: {default: us-east, detection: Header, regions: ["
            + "{name: us-east, clusterRef: {name: demo}, continents: [NA]},"
            + "{name: eu-west, clusterRef: {name: europe}, countries: [DE], continents: [EU]}]}");
    POLICIES.awaitTrue("by-region", "Ready", ofMinutes(3));
  }

  @AfterAll
  static void remove() {
    POLICIES.deleteAll();
    CLIENT.resources(BotCluster.class).inNamespace(NAMESPACE).withName(EUROPE).delete();
    AMERICA.close();
  }

  @Test
  @Order(1)
  void usersGoToTheRegionTheyLiveIn() throws IOException, InterruptedException {
    try (var router = RouterProcess.start(NAMESPACE)) {
      router.awaitRegion(HOST, "DE", "eu-west", ofSeconds(15));
      assertThat(router.region(HOST, "FR")).isEqualTo("eu-west");
      assertThat(router.region(HOST, "US")).isEqualTo("us-east");
      assertThat(router.region(HOST, "XX")).as("nobody knows where").isEqualTo("us-east");
    }
  }

  @Test
  @Order(2)
  void aRegionThatIsLostHasItsUsersServedElsewhereWithinFifteenSecondsAndBackLater()
      throws IOException, InterruptedException {
    try (var router = RouterProcess.start(NAMESPACE)) {
      router.awaitRegion(HOST, "DE", "eu-west", ofSeconds(15));
      killGateways();
      var taken = router.awaitRegion(HOST, "DE", "us-east", ofSeconds(15));
      System.out.printf("users of a lost region were served after %d ms%n", taken.toMillis());
      assertThat(
              POLICIES
                  .await(
                      "by-region", "Ready", c -> "RegionDown".equals(c.getReason()), ofSeconds(20))
                  .getMessage())
          .contains("eu-west");
      hibernate(false);
      router.awaitRegion(HOST, "DE", "eu-west", ofMinutes(2));
    }
  }

  /** All at once, and none comes back before the region is woken. */
  private static void killGateways() {
    hibernate(true);
    CLIENT
        .pods()
        .inNamespace(NAMESPACE)
        .withLabels(Map.of("generalbots.io/cluster", EUROPE, "generalbots.io/component", "gateway"))
        .withGracePeriod(0)
        .delete();
  }

  private static void hibernate(boolean asleep) {
    CLIENT
        .resources(BotCluster.class)
        .inNamespace(NAMESPACE)
        .withName(EUROPE)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"hibernate\":%s}}".formatted(asleep));
  }
}
