package io.generalbots.operator.cluster.botserver;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.shared.ExternalService;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.cluster.scaling.Elastic;
import io.generalbots.operator.cluster.valkey.Valkey;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.Optional;

/**
 * The bot servers of a BotCluster, beside stores of its own or of somebody else.
 *
 * @param cluster whose they are
 * @param facts how the operator was set up, and what was measured
 */
record ClusterSite(BotCluster cluster, Facts facts) {

  Site site() {
    var spec = cluster.getSpec();
    return new Site(
        part(),
        spec.botserver(),
        new Elastic(cluster, facts).replicas(),
        Image.of(cluster, Names.COMPONENT, facts.settings()),
        new Life(
            spec.hibernate(), retains(cluster), Boolean.TRUE.equals(spec.autoscaling().enabled())),
        sources(),
        new ClusterWays(cluster, facts.settings()).ways(),
        Own.NONE,
        Optional.empty());
  }

  /** Whether volumes outlive the BotCluster. */
  static boolean retains(BotCluster cluster) {
    return cluster.getSpec().reclaimPolicy() == ReclaimPolicy.RETAIN;
  }

  private Part part() {
    return Names.part(cluster.getMetadata().getName());
  }

  private Sources sources() {
    var part = part();
    return new Sources(
        Names.vaultSecret(part),
        Names.keysSecret(part),
        List.of(Names.databaseSecret(part), Valkey.secret(cluster), part.cluster() + "-s3"),
        authority());
  }

  private Optional<String> authority() {
    ExternalService external = cluster.getSpec().postgres().external();
    return external == null
        ? Optional.of(part().cluster() + "-server")
        : Optional.ofNullable(external.caSecretName());
  }
}
