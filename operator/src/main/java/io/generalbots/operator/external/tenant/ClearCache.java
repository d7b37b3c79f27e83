package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.ServerStep;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.residents.TenantNames;
import java.util.List;

/**
 * The end of what a Tenant has in the cache, after that of its logins.
 *
 * @param cluster the name of the BotCluster
 * @param namespace where that is
 * @param tenant whose it is
 */
public record ClearCache(String cluster, String namespace, String tenant) implements ServerStep {

  @Override
  public String server() {
    return Servers.ofCache(cluster, namespace);
  }

  @Override
  public Decision decision() {
    return Decision.normal("CacheCleared", "the keys %s* are removed".formatted(prefix()));
  }

  /** What its keys begin with. */
  String prefix() {
    return TenantNames.cachePrefix(tenant);
  }

  /** The users that may have been let in. */
  List<String> logins() {
    return List.of("t-%s-a".formatted(tenant), "t-%s-b".formatted(tenant));
  }
}
