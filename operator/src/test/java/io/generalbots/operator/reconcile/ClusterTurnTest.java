package io.generalbots.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatusBuilder;
import io.generalbots.api.v1alpha1.cluster.ComponentStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of a BotCluster wakes Tenants. */
class ClusterTurnTest {

  private final ClusterTurn filter = new ClusterTurn();

  @Test
  void thatAStoreRunsDoesAndOtherWordsDoNot() {
    assertThat(filter.accept(cluster("demo", 1, "1"), cluster("demo", 0, "1"))).isTrue();
    assertThat(filter.accept(cluster("demo", 1, "2"), cluster("demo", 1, "1"))).isFalse();
  }

  /** Its Tenant tells what it says of itself. */
  @Test
  void everyWordOfACellDoes() {
    assertThat(filter.accept(cluster("acme-cell", 1, "2"), cluster("acme-cell", 1, "1"))).isTrue();
    assertThat(filter.accept(cluster("acme-cell", 1, "1"), cluster("acme-cell", 1, "1"))).isFalse();
  }

  @Test
  void whoTakesTheMarkFromACellIsNoticed() {
    var marked = cluster("acme-cell", 1, "1");
    marked.getMetadata().setLabels(Map.of("generalbots.io/tenant", "acme"));
    assertThat(filter.accept(cluster("acme-cell", 1, "1"), marked)).isTrue();
  }

  private static BotCluster cluster(String name, int ready, String version) {
    var cluster = new BotCluster();
    cluster.setMetadata(
        new ObjectMetaBuilder().withName(name).withUid("u").withGeneration(1L).build());
    cluster.setStatus(
        new BotClusterStatusBuilder()
            .version(version)
            .components(List.of(new ComponentStatus("postgres", ready, 1, ready + "/1")))
            .build());
    return cluster;
  }
}
