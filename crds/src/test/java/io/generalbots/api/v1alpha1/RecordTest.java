package io.generalbots.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.cluster.BotClusterPhase;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatusBuilder;
import io.generalbots.api.v1alpha1.tenant.TenantSpec;
import org.junit.jupiter.api.Test;

/** How the records read and write. */
class RecordTest {

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  @Test
  void statusPatchCarriesNoSpec() {
    var cluster = new BotCluster();
    cluster.setMetadata(new ObjectMetaBuilder().withName("demo").build());
    cluster.setStatus(new BotClusterStatusBuilder().phase(BotClusterPhase.HEALTHY).build());
    var tree = serialization.convertValue(cluster, ObjectNode.class);
    assertThat(tree.has("spec")).isFalse();
    assertThat(tree.get("status")).hasToString("{\"phase\":\"Healthy\"}");
  }

  @Test
  void absentListsReadAsEmpty() {
    var spec = serialization.unmarshal("clusterRef: {name: demo}", TenantSpec.class);
    assertThat(spec.bots()).isEmpty();
    assertThat(spec.hosts()).isEmpty();
    assertThat(spec.placement()).isNull();
  }

  @Test
  void fieldsOfANewerVersionAreSkipped() {
    var spec =
        serialization.unmarshal("clusterRef: {name: demo}\ntomorrow: {a: 1}", TenantSpec.class);
    assertThat(spec.clusterRef().name()).isEqualTo("demo");
  }

  @Test
  void statusReadBackEqualsTheOneWritten() {
    var status = new BotClusterStatusBuilder().phase(BotClusterPhase.PAUSED).replicas(0).build();
    var read = serialization.unmarshal(serialization.asJson(status), BotClusterStatus.class);
    assertThat(read).isEqualTo(status);
  }
}
