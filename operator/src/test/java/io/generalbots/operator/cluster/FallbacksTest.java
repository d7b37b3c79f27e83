package io.generalbots.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.gateway.EdgeSeen;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.schema.Definitions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What bot servers go on without, and how that is told. */
class FallbacksTest {

  private static final Health AWAY = Health.waiting("NoPrimary", "no server takes writes");
  private static final Health SERVING = Health.ready("well").counting(2, 2);

  @Test
  void aCacheThatIsAwayIsStoodInForAndNobodyWaitsForIt() {
    var fallbacks = fallbacks("{}", AWAY.counting(1, 3), SERVING, SERVING);
    assertThat(fallbacks.told().get("valkey"))
        .isEqualTo(
            Health.degraded(
                    "NoPrimary",
                    "no server takes writes; each bot server goes on by itself"
                        + " (spec.fallback.cache)")
                .counting(1, 3));
    assertThat(fallbacks.told().get("qdrant")).isEqualTo(SERVING);
    assertThat(condition(fallbacks)).isEqualTo("True CacheAway");
  }

  @Test
  void itIsStillToldOfOnceItIsDegraded() {
    var first = fallbacks("{}", AWAY.counting(1, 3), SERVING, SERVING);
    var told = new Fallbacks(first.cluster(), first.told(), Optional.empty());
    assertThat(condition(told)).isEqualTo("True CacheAway");
    assertThat(told.condition().getMessage()).contains("Valkey is away", "spec.fallback.cache");
  }

  @Test
  void vectorsThatAreAwayAreToldOf() {
    var away = Health.degraded("Creating", "0 of 3 servers are ready").counting(0, 3);
    assertThat(condition(fallbacks("{}", SERVING, away, SERVING))).isEqualTo("True VectorsAway");
    assertThat(condition(fallbacks("{}", AWAY, away, SERVING))).isEqualTo("True SeveralAway");
  }

  @Test
  void whoSwitchesAFallbackOffWaits() {
    var off = "fallback: {cache: {enabled: false}, vectordb: {enabled: false}}";
    var fallbacks = fallbacks(off, AWAY, AWAY, SERVING);
    assertThat(fallbacks.told().get("valkey")).isEqualTo(AWAY);
    assertThat(condition(fallbacks)).isEqualTo("False NotNeeded");
  }

  @Test
  void whileNoBotServerServesNothingIsStoodInFor() {
    var fallbacks = fallbacks("{}", AWAY, AWAY, Health.waiting("WaitingForStores", "waits"));
    assertThat(fallbacks.told().get("valkey")).isEqualTo(AWAY);
    assertThat(condition(fallbacks)).isEqualTo("False NotNeeded");
    assertThat(condition(fallbacks("hibernate: true", AWAY, AWAY, SERVING)))
        .isEqualTo("False NotNeeded");
  }

  @Test
  void aStoreThatLacksSomethingButServesIsNotAway() {
    var short1 = Health.degraded("ServersNotReady", "2 of 3 servers are ready").counting(2, 3);
    var fallbacks = fallbacks("{}", short1, short1, SERVING);
    assertThat(fallbacks.told().get("valkey")).isEqualTo(short1);
    assertThat(condition(fallbacks)).isEqualTo("False NotNeeded");
  }

  private static String condition(Fallbacks fallbacks) {
    Condition condition = fallbacks.condition();
    assertThat(condition.getType()).isEqualTo("FallbackInUse");
    return condition.getStatus() + " " + condition.getReason();
  }

  @Test
  void theModelThatStandsInIsTold() {
    var healths = Map.of("valkey", SERVING, "botserver", SERVING);
    var seen = new EdgeSeen(new TreeSet<>(), true, new TreeSet<>());
    var told = new Fallbacks(cluster("{}"), healths, Optional.of(seen)).condition();
    assertThat(told.getStatus() + " " + told.getReason()).isEqualTo("True LlmAway");
  }

  /** The operator does not look after it, so that its health says nothing. */
  @Test
  void aStoreElsewhereIsAwayWhenGatewaysSaySo() {
    var elsewhere = "qdrant: {external: {address: 'http://vectors:6333'}}";
    var silent = new EdgeSeen(new TreeSet<>(), false, new TreeSet<>(Set.of("vectordb", "cache")));
    var healths = Map.of("qdrant", Health.disabled(), "valkey", SERVING, "botserver", SERVING);
    var away = new Fallbacks(cluster(elsewhere), healths, Optional.of(silent));
    assertThat(condition(away)).isEqualTo("True VectorsAway");
    assertThat(away.told().get("qdrant")).extracting(Health::reason).isEqualTo("NotReached");
    assertThat(away.told().get("valkey")).isEqualTo(SERVING);
    assertThat(condition(new Fallbacks(cluster("{}"), healths, Optional.of(silent))))
        .isEqualTo("False NotNeeded");
    assertThat(condition(new Fallbacks(cluster(elsewhere), healths, Optional.empty())))
        .isEqualTo("False NotNeeded");
  }

  private static Fallbacks fallbacks(String spec, Health cache, Health vectors, Health bots) {
    var healths = new LinkedHashMap<>(Map.of("valkey", cache, "qdrant", vectors));
    healths.put("botserver", bots);
    return new Fallbacks(cluster(spec), healths, Optional.empty());
  }

  private static BotCluster cluster(String spec) {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo}
        spec: {domain: bots.example.com, %s}
        """
            .formatted("{}".equals(spec) ? "hibernate: false" : spec);
    var serialization = new KubernetesSerialization();
    var tree = Definitions.botCluster().defaulted(serialization.unmarshal(yaml, JsonNode.class));
    return serialization.convertValue(tree, BotCluster.class);
  }
}
