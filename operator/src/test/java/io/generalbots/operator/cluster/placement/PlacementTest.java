package io.generalbots.operator.cluster.placement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Jobs;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.schema.Definitions;
import org.junit.jupiter.api.Test;

/** Where pods run: apart from each other, unless the user says something else of that. */
class PlacementTest {

  private static final Part PART = new Part("demo", "mail");

  @Test
  void podsOfAComponentWouldRatherHaveANodeEach() {
    var terms =
        placed("{}").getPodAntiAffinity().getPreferredDuringSchedulingIgnoredDuringExecution();
    assertThat(terms).hasSize(1);
    var term = terms.get(0).getPodAffinityTerm();
    assertThat(term.getTopologyKey()).isEqualTo("kubernetes.io/hostname");
    assertThat(term.getLabelSelector().getMatchLabels()).isEqualTo(PART.selector());
  }

  @Test
  void oneNodeIsEnough() {
    var apart = placed("{}").getPodAntiAffinity();
    assertThat(apart.getRequiredDuringSchedulingIgnoredDuringExecution()).isEmpty();
  }

  @Test
  void whatTheUserSaysOfNodesStaysBesideIt() {
    var affinity =
        placed(
            """
            {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [
              {weight: 7, preference: {matchExpressions: [{key: disk, operator: Exists}]}}]}}
            """);
    assertThat(affinity.getNodeAffinity().getPreferredDuringSchedulingIgnoredDuringExecution())
        .hasSize(1);
    assertThat(affinity.getPodAntiAffinity()).isNotNull();
  }

  @Test
  void whatTheUserSaysOfPodsStandsInstead() {
    assertThat(
            placed("{podAntiAffinity: {}}")
                .getPodAntiAffinity()
                .getPreferredDuringSchedulingIgnoredDuringExecution())
        .isEmpty();
    assertThat(
            placed(
                    """
                    {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [
                      {weight: 7, podAffinityTerm: {topologyKey: rack}}]}}
                    """)
                .getPodAntiAffinity()
                .getPreferredDuringSchedulingIgnoredDuringExecution())
        .extracting(WeightedPodAffinityTerm::getWeight)
        .containsExactly(7);
  }

  private static Affinity placed(String affinity) {
    Deployment deployment =
        new DeploymentBuilder()
            .withMetadata(PART.meta())
            .withNewSpec()
            .withNewTemplate()
            .withMetadata(PART.meta())
            .withNewSpec()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    place("affinity: " + affinity, new Wish.Managed(deployment));
    return deployment.getSpec().getTemplate().getSpec().getAffinity();
  }

  /** Made once and never changed, in the namespace of a Tenant. */
  @Test
  void whatRunsOnceForATenantRunsWhereItsBotClusterDoes() {
    var part = Part.ofTenant("acme", "isolation");
    var patience = new Jobs.Patience(0, 60, 3);
    var job = Jobs.of(part.meta(), part, patience, Jobs.pod(part, 5).build());
    place(
        "tolerations: [{key: bots, operator: Exists}], nodeSelector: {pool: bots},"
            + " imagePullSecrets: [{name: mirror}]",
        new Wish.Once(job, false));
    var pod = job.getSpec().getTemplate().getSpec();
    assertThat(pod.getNodeSelector()).containsEntry("pool", "bots");
    assertThat(pod.getTolerations()).hasSize(1);
    assertThat(pod.getImagePullSecrets()).hasSize(1);
    assertThat(pod.getTopologySpreadConstraints()).isEmpty();
  }

  /** As bot servers are while they cannot be changed. */
  @Test
  void whatIsToStayAsItIsStays() {
    var deployment = new DeploymentBuilder().withMetadata(PART.meta()).build();
    place("tolerations: [{key: bots, operator: Exists}]", new Wish.Once(deployment, false));
    assertThat(deployment.getSpec()).isNull();
  }

  private static void place(String spec, Wish wish) {
    var cluster = cluster(spec);
    new Placement(cluster, cluster).place(Plan.apply(wish));
  }

  private static BotCluster cluster(String spec) {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: bots}
        spec: {domain: bots.example.com, %s}
        """;
    var serialization = new KubernetesSerialization();
    var written = serialization.unmarshal(yaml.formatted(spec), JsonNode.class);
    return serialization.convertValue(
        Definitions.botCluster().defaulted(written), BotCluster.class);
  }
}
