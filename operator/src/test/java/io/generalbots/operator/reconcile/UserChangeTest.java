package io.generalbots.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which changes of a BotCluster are worth a look. */
class UserChangeTest {

  private final UserChange filter = new UserChange();

  @Test
  void anEditedSpecIs() {
    assertThat(filter.accept(cluster(2, Map.of()), cluster(1, Map.of()))).isTrue();
  }

  @Test
  void anAnnotationIsThoughTheGenerationStays() {
    var annotated = cluster(1, Map.of("generalbots.io/switchover", "demo-postgres-1"));
    assertThat(filter.accept(annotated, cluster(1, Map.of()))).isTrue();
  }

  @Test
  void ourOwnStatusIsNot() {
    assertThat(filter.accept(cluster(1, Map.of()), cluster(1, Map.of()))).isFalse();
  }

  private static BotCluster cluster(long generation, Map<String, String> annotations) {
    var cluster = new BotCluster();
    cluster.setMetadata(
        new ObjectMetaBuilder()
            .withName("demo")
            .withUid("u")
            .withGeneration(generation)
            .withAnnotations(annotations)
            .build());
    return cluster;
  }
}
