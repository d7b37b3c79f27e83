package io.generalbots.operator.cluster;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.certificates.Certificates;
import io.generalbots.operator.cluster.livekit.LiveKit;
import io.generalbots.operator.cluster.llm.Llm;
import io.generalbots.operator.cluster.postgres.Postgres;
import io.generalbots.operator.cluster.qdrant.Qdrant;
import io.generalbots.operator.cluster.seaweedfs.SeaweedFs;
import io.generalbots.operator.cluster.valkey.Valkey;
import io.generalbots.operator.cluster.vault.Vault;
import io.generalbots.operator.kernel.Kind;
import io.generalbots.operator.kernel.References;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a BotCluster points to outside of its own objects. */
public final class ClusterReferences implements References<BotCluster> {

  @Override
  public Set<String> secrets(BotCluster read) {
    var cluster = Complete.of(read);
    return Stream.of(
            Certificates.secrets(cluster),
            Postgres.secrets(cluster),
            Valkey.secrets(cluster),
            Vault.secrets(cluster),
            SeaweedFs.secrets(cluster),
            Qdrant.secrets(cluster),
            LiveKit.secrets(cluster),
            Llm.secrets(cluster))
        .flatMap(Set::stream)
        .collect(Collectors.toSet());
  }

  @Override
  public Set<Kind> kinds(BotCluster cluster) {
    return Certificates.kinds(Complete.of(cluster));
  }

  @Override
  public Set<Kind> allKinds() {
    return Set.of(Certificates.CERT_MANAGER);
  }
}
