package io.generalbots.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.tenant.place.Tenants;
import org.junit.jupiter.api.Test;

class CompleteClustersTest {

  private final CompleteClusters clusters = new CompleteClusters();

  @Test
  void eachIsCompletedOnceAndAgainWhenItChanges() {
    var first = clusters.of(version("1", ""));
    assertThat(clusters.of(version("1", ""))).isSameAs(first);
    var next = clusters.of(version("2", "hibernate: true"));
    assertThat(next.getSpec().hibernate()).isTrue();
    assertThat(clusters.of(version("2", "hibernate: true"))).isSameAs(next);
  }

  private static BotCluster version(String version, String spec) {
    var cluster = Tenants.cluster(spec);
    cluster.getMetadata().setResourceVersion(version);
    return cluster;
  }
}
