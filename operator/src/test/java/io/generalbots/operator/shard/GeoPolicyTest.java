package io.generalbots.operator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.cluster.BotClusterSpec;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatusBuilder;
import io.generalbots.api.v1alpha1.cluster.ComponentStatus;
import io.generalbots.api.v1alpha1.shard.ShardPolicyPhase;
import io.generalbots.api.v1alpha1.shard.ShardStatus;
import io.generalbots.operator.external.spread.ShardsUnread;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.tenant.place.Tenants;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a policy of strategy Geo tells of its regions. */
@Tag("REQ-SHARD-GEO")
class GeoPolicyTest {

  private static final ShardPolicy POLICY =
      Policy.of(
          "by-region",
          1,
          "strategy: Geo, geo: {default: us-east, database: {secretName: geoip}, regions: ["
              + "{name: us-east, clusterRef: {name: demo}, countries: [US]},"
              + "{name: eu-west, clusterRef: {name: europe}, continents: [EU]},"
              + "{name: ap-south, clusterRef: {name: asia}, continents: [AS],"
              + " endpoint: 'https://asia.example.com'}]}");

  @Test
  void everyRegionIsPublishedWithItsGatewayAndSinceWhenItServes() {
    var round = round(cluster("demo", 2), cluster("europe", 1));
    assertThat(published(round))
        .contains(
            "\"strategy\" : \"Geo\"",
            "\"defaultRegion\" : \"us-east\"",
            "\"detection\" : \"Ip\"",
            "\"upstream\" : \"https://europe-gateway.bots.svc.cluster.local:443\"",
            "\"upstream\" : \"https://asia.example.com\"",
            "\"readySince\" : \"2026-11-27T10:00:00Z\"")
        .doesNotContain("\"ready\" : false");
    var status = round.status(new Outcome(Map.of()));
    assertThat(status.phase()).isEqualTo(ShardPolicyPhase.READY);
    assertThat(status.summary()).isEqualTo("3/3");
    assertThat(status.shards()).extracting(ShardStatus::endpoint).contains("asia.example.com:443");
  }

  @Test
  void aRegionThatIsDownIsPublishedSoAndTheOthersTakeItsUsers() {
    var round = round(cluster("demo", 2), cluster("europe", 0));
    assertThat(published(round)).contains("\"ready\" : false");
    assertThat(Policy.said(round, "Ready").getReason()).isEqualTo("RegionDown");
    assertThat(Policy.said(round, "Ready").getMessage())
        .isEqualTo(
            "region eu-west: the gateway of BotCluster europe does not run. Its users are sent to"
                + " the others");
  }

  @Test
  void aRegionWithoutBotClusterIsNamed() {
    assertThat(Policy.said(round(cluster("demo", 2)), "Ready").getMessage())
        .startsWith("region eu-west: there is no BotCluster europe.");
  }

  @Test
  void aBotClusterThatSleepsServesNobody() {
    var asleep = cluster("europe", 1);
    asleep.setSpec(hibernating());
    assertThat(published(round(cluster("demo", 1), asleep))).contains("\"ready\" : false");
  }

  private static BotClusterSpec hibernating() {
    return Tenants.cluster("hibernate: true").getSpec();
  }

  private static ShardPolicyBlueprint round(BotCluster... regions) {
    var scene = new Scene(POLICY, Optional.of(regions[0]), List.of(), List.of(regions), List.of());
    return Policy.round(scene, new ShardsUnread("-"), Policy.routers("by-region", 2));
  }

  private static BotCluster cluster(String name, int gateways) {
    var cluster = Policy.cluster();
    cluster.getMetadata().setName(name);
    var ready =
        new ConditionBuilder()
            .withType("GatewayReady")
            .withStatus(gateways > 0 ? "True" : "False")
            .withLastTransitionTime("2026-11-27T10:00:00Z")
            .build();
    cluster.setStatus(
        new BotClusterStatusBuilder()
            .components(List.of(new ComponentStatus("gateway", gateways, 2, gateways + "/2")))
            .conditions(List.of(ready))
            .build());
    return cluster;
  }

  private static String published(ShardPolicyBlueprint round) {
    return Policy.wishes(round).stream()
        .filter(Wish.Kept.class::isInstance)
        .map(w -> (ConfigMap) ((Wish.Kept) w).object())
        .findFirst()
        .orElseThrow()
        .getData()
        .getOrDefault("routing.json", "");
  }
}
