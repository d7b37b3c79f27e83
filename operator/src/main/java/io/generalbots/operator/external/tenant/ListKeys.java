package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.ServerStep;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.residents.TenantNames;

/**
 * A list of a Tenant's keys, in a key of the Tenant's own: no Tenant can list its keys, since to do
 * that a server tells everybody's.
 *
 * @param cluster the name of the BotCluster
 * @param namespace where that is
 * @param tenant whose they are
 */
public record ListKeys(String cluster, String namespace, String tenant) implements ServerStep {

  @Override
  public String server() {
    return Servers.ofCache(cluster, namespace);
  }

  @Override
  public Decision decision() {
    return Decision.normal(
        "KeysListed", "the keys %s* are listed in %s".formatted(prefix(), key()));
  }

  /** What its keys begin with. */
  String prefix() {
    return TenantNames.cachePrefix(tenant);
  }

  /** The list: a set with the names of all keys, its own among them. */
  String key() {
    return prefix() + "generalbots:keys";
  }
}
