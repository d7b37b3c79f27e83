package io.generalbots.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.TenantCount;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.golden.World;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.residents.Registered;
import io.generalbots.operator.schema.Definitions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ClusterStatusTest {

  @Test
  void tenantsAreCountedAsTheirRegistrationsTell() {
    var acme = Registered.secret(new Registered("acme", "team-acme").registration());
    var rival = Registered.secret(new Registered("rival", "team-rival").suspended(), false);

    assertThat(tenants(List.of())).isEqualTo(new TenantCount(0, 0, "0/0"));
    assertThat(tenants(List.of(acme, rival))).isEqualTo(new TenantCount(1, 2, "1/2"));
  }

  private static TenantCount tenants(List<HasMetadata> owned) {
    var facts = new Facts(Instant.EPOCH, new SecureEntropy(), owned, World.SETTINGS);
    var status = ClusterStatus.of(cluster(), facts, Map.of(), new Outcome(Map.of()));
    return Objects.requireNonNull(status.tenants());
  }

  private static BotCluster cluster() {
    var serialization = new KubernetesSerialization();
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: bots, generation: 1}
        spec: {domain: bots.example.com, %s}
        """
            .formatted(Specs.STORES_ONLY);
    var defaulted =
        Definitions.botCluster().defaulted(serialization.unmarshal(yaml, JsonNode.class));
    return serialization.convertValue(defaulted, BotCluster.class);
  }
}
