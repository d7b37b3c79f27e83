package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.BotCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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

  /** As a proxy asks that has found out the country. */
  private static final String ASK =
      "curl -s -o /dev/null -D - -H X-Forwarded-Host:"
          + HOST
          + " -H X-Generalbots-Country:%s http://by-region-router:8080/authorize"
          + " | sed -n \"s/^x-generalbots-region: *//ip\" | tr -d \"[:space:]\"";

  private static GatewayClient client = new GatewayClient(AMERICA, "");

  @BeforeAll
  static void twoRegions() {
    AMERICA.create();
    client = GatewayClient.start(AMERICA);
    var europe = new BotCluster();
    var demo = CLIENT.resources(BotCluster.class).inNamespace(NAMESPACE).withName("demo").require();
    europe.getMetadata().setName(EUROPE);
    europe.setSpec(demo.getSpec());
    CLIENT.resource(europe).inNamespace(NAMESPACE).create();
    POLICIES.create(
        "by-region",
        "strategy: Geo, router: {trustedProxies: [0.0.0.0/0]}, geo: {default: us-east, detection: Header, regions: ["
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
  void usersGoToTheRegionTheyLiveIn() {
    awaitRegion("DE", "eu-west", ofSeconds(30));
    assertThat(region("FR")).isEqualTo("eu-west");
    assertThat(region("US")).isEqualTo("us-east");
    assertThat(region("XX")).as("nobody knows where").isEqualTo("us-east");
  }

  @Test
  @Order(2)
  void aRegionThatIsLostHasItsUsersServedElsewhereWithinFifteenSecondsAndBackLater() {
    killGateways();
    var taken = awaitRegion("DE", "us-east", ofSeconds(15));
    System.out.printf("users of a lost region were served after %d ms%n", taken.toMillis());
    assertThat(
            POLICIES
                .await("by-region", "Ready", c -> "RegionDown".equals(c.getReason()), ofSeconds(20))
                .getMessage())
        .contains("eu-west");
    hibernate(false);
    awaitRegion("DE", "eu-west", ofMinutes(3));
  }

  @Test
  @Order(3)
  void routersGoWithTheirPolicyAndWhatWasPublishedStays() {
    POLICIES.delete("by-region");
    CLIENT
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withName("by-region-router")
        .waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
    assertThat(CLIENT.configMaps().inNamespace(NAMESPACE).withName("by-region-routing").get())
        .isNotNull();
  }

  /** The region that serves users of a country. */
  private static String region(String country) {
    return client.run(ASK.formatted(country)).strip();
  }

  /** Asks until another region serves; the time that took, with the start of one program. */
  private static Duration awaitRegion(String country, String region, Duration limit) {
    var begin = Instant.now();
    var command =
        "timeout %d bash -c 'until [ \"$(%s)\" = %s ]; do sleep 0.1; done' && echo served";
    var said = client.run(command.formatted(limit.toSeconds(), ASK.formatted(country), region));
    assertThat(said).as("%s serves %s", region, country).isEqualTo("served");
    return Duration.between(begin, Instant.now());
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
