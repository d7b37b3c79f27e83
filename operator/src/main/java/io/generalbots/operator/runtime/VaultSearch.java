package io.generalbots.operator.runtime;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.vault.Entrance;
import io.generalbots.operator.external.vault.Chamber;
import io.generalbots.operator.external.vault.VaultTrouble;
import io.generalbots.operator.kernel.Unfinished;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks for namespaces of Tenants in the vaults that BotClusters run themselves.
 *
 * @param client reads the Secrets that say how they are entered
 * @param vertx what calls go through
 */
record VaultSearch(KubernetesClient client, Vertx vertx)
    implements Function<BotCluster, List<String>> {

  @Override
  public List<String> apply(BotCluster cluster) {
    var secrets = client.secrets().inNamespace(cluster.getMetadata().getNamespace());
    var entrance = new Entrance(cluster, name -> Optional.ofNullable(secrets.withName(name).get()));
    try {
      return Entrance.isThere(cluster)
          ? entrance.access().map(access -> Chamber.all(vertx, access)).orElse(List.of())
          : List.of();
    } catch (VaultTrouble e) {
      throw new Unfinished(String.valueOf(e.getMessage()));
    }
  }
}
