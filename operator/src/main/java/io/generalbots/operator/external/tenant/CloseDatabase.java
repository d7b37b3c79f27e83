package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.ServerStep;
import io.generalbots.operator.kernel.Decision;

/**
 * The end of a Tenant's database, or of its logins alone.
 *
 * @param cluster the name of the BotCluster
 * @param namespace of the BotCluster
 * @param tenant the name of the Tenant
 * @param holder the uid of the Tenant
 * @param keepData whether the database and its owner stay, with nobody who gets in
 */
public record CloseDatabase(
    String cluster, String namespace, String tenant, String holder, boolean keepData)
    implements ServerStep {

  @Override
  public String server() {
    return Servers.ofDatabases(cluster, namespace);
  }

  @Override
  public Decision decision() {
    return keepData
        ? Decision.normal("DatabaseKept", "the database of %s is kept, closed".formatted(tenant))
        : Decision.normal("DatabaseRemoved", "the database of %s is removed".formatted(tenant));
  }
}
