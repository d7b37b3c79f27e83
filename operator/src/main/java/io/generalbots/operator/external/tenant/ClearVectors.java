package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.ServerStep;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.residents.TenantNames;
import java.util.List;

/**
 * The end of a Tenant's collections, after that of its keys.
 *
 * @param cluster the name of the BotCluster
 * @param namespace where that is
 * @param tenant whose they are
 * @param keys that must not open anything any more; none where nobody knows them
 */
public record ClearVectors(String cluster, String namespace, String tenant, List<Credential> keys)
    implements ServerStep {

  public ClearVectors {
    keys = List.copyOf(keys);
  }

  @Override
  public String server() {
    return Servers.ofVectors(cluster, namespace);
  }

  @Override
  public Decision decision() {
    return Decision.normal(
        "CollectionsRemoved", "the collections %s* are removed".formatted(prefix()));
  }

  /** What the names of its collections begin with. */
  String prefix() {
    return TenantNames.collectionPrefix(tenant);
  }
}
