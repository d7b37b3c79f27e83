package io.generalbots.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.generalbots.api.v1alpha1.cluster.BotClusterPhase;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatusBuilder;
import io.generalbots.api.v1alpha1.cluster.ComponentStatus;
import io.generalbots.api.v1alpha1.cluster.Profile;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the API server makes of the kinds: defaults, subresources and columns. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrdIT {

  private ApiServer server;

  @BeforeAll
  void connect() {
    server = ApiServer.withCrds();
  }

  @AfterAll
  void leave() {
    server.close();
  }

  @Test
  void smallestManifestIsUsefulAndReadsAsARecord() {
    var spec = created("smallest").getSpec();
    assertThat(spec.profile()).isEqualTo(Profile.RECOMMENDED);
    assertThat(spec.reclaimPolicy()).isEqualTo(ReclaimPolicy.RETAIN);
    assertThat(spec.postgres().instances()).isEqualTo(3);
    assertThat(spec.postgres().storage().size()).hasToString("20Gi");
    assertThat(spec.postgres().pooler().instances()).isEqualTo(2);
    assertThat(spec.valkey().replicas()).isEqualTo(3);
    assertThat(spec.autoscaling().rules()).hasSize(5);
    assertThat(spec.qdrant().enabled()).as("left to the profile").isNull();
  }

  @Test
  void statusIsASubresourceAndFillsTheColumns() {
    var cluster = created("columns");
    var ready =
        new ConditionBuilder()
            .withType("Ready")
            .withStatus("True")
            .withReason("AsWished")
            .withMessage("")
            .withLastTransitionTime("2026-01-01T00:00:00Z")
            .build();
    cluster.setStatus(
        new BotClusterStatusBuilder()
            .phase(BotClusterPhase.HEALTHY)
            .components(List.of(new ComponentStatus("postgres", 3, 3, "3/3")))
            .conditions(List.of(ready))
            .build());
    server.client().resource(cluster).updateStatus();
    assertThat(server.row("botclusters", "columns"))
        .containsSequence("columns", "True", "Healthy")
        .contains("3/3");
  }

  @Test
  void scaleSubresourceSetsTheNumberOfBotServers() {
    created("scaled");
    server
        .client()
        .resources(BotCluster.class)
        .inNamespace(server.namespace())
        .withName("scaled")
        .scale(5);
    var scaled =
        server
            .client()
            .resources(BotCluster.class)
            .inNamespace(server.namespace())
            .withName("scaled")
            .require();
    assertThat(scaled.getSpec().botserver().replicas()).isEqualTo(5);
  }

  @Test
  void applyingTheDefinitionsAgainChangesNothing() {
    for (var crd : GeneratedCrds.all()) {
      var stored = server.client().resource(crd).require().getMetadata().getResourceVersion();
      server.install(crd.getMetadata().getName());
      assertThat(server.client().resource(crd).require().getMetadata().getResourceVersion())
          .isEqualTo(stored);
    }
  }

  private BotCluster created(String name) {
    var manifest = Samples.read(CheckedIn.ROOT.resolve("samples/minimal.yaml")).get(0);
    manifest.getMetadata().setName(name);
    GenericKubernetesResource created = server.apply(manifest);
    return server.client().getKubernetesSerialization().convertValue(created, BotCluster.class);
  }
}
