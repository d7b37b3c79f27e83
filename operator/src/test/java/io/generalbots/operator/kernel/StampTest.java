package io.generalbots.operator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose an object is. */
class StampTest {

  private static final Map<String, String> OURS = Map.of("managed-by", "us", "cluster", "demo");
  private static final Stamp STAMP = Stamp.of(owner("u-demo"), OURS, "component");

  @Test
  void whatWeControlIsOursEvenWithoutItsLabels() {
    assertThat(STAMP.owns(object(Map.of(), "u-demo"))).isTrue();
  }

  @Test
  void whatSomebodyElseControlsIsTheirsWhateverItsLabels() {
    assertThat(STAMP.owns(object(OURS, "u-other"))).isFalse();
  }

  @Test
  void whatNobodyControlsIsWhoseItsLabelsSay() {
    assertThat(STAMP.owns(owner("u-1"))).isFalse();
    var retained = new ConfigMapBuilder(owner("u-1")).editMetadata().withLabels(OURS).endMetadata();
    assertThat(STAMP.owns(retained.build())).isTrue();
  }

  private static ConfigMap owner(String uid) {
    var meta = new ObjectMetaBuilder().withName("demo").withNamespace("bots").withUid(uid);
    return new ConfigMapBuilder().withMetadata(meta.build()).build();
  }

  private static ConfigMap object(Map<String, String> labels, String controller) {
    var made = Stamp.of(owner(controller), OURS, "component").put(owner("u-1"), "cache", false);
    made.getMetadata().setLabels(labels);
    return made;
  }
}
