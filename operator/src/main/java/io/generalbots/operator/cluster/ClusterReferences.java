package io.generalbots.operator.cluster;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.certificates.Certificates;
import io.generalbots.operator.kernel.Kind;
import io.generalbots.operator.kernel.References;
import java.util.Set;

/** What a BotCluster points to outside of its own objects. */
public final class ClusterReferences implements References<BotCluster> {

  @Override
  public Set<String> secrets(BotCluster cluster) {
    return Certificates.secrets(cluster);
  }

  @Override
  public Set<Kind> kinds(BotCluster cluster) {
    return Certificates.kinds(cluster);
  }

  @Override
  public Set<Kind> allKinds() {
    return Set.of(Certificates.CERT_MANAGER);
  }
}
