package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.ServerStep;
import io.generalbots.operator.kernel.Decision;

/**
 * Sees that the cache lets a tenant's login in; unfinished until then.
 *
 * @param cluster the name of the BotCluster
 * @param namespace where that is
 * @param tenant whose login it is
 * @param login what is tried
 */
public record EnterCache(String cluster, String namespace, String tenant, Credential login)
    implements ServerStep {

  @Override
  public String server() {
    return Servers.ofCache(cluster, namespace);
  }

  @Override
  public Decision decision() {
    return Decision.normal(
        "CacheEntered", "the cache of BotCluster %s lets %s in".formatted(cluster, login.name()));
  }
}
