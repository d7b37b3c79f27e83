package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.ServerStep;
import io.generalbots.operator.kernel.Decision;

/**
 * The end of a copy of a Tenant's database that is not the one in use: its roles stay.
 *
 * @param cluster the name of the BotCluster whose server has it
 * @param namespace of the BotCluster
 * @param tenant the name of the Tenant
 * @param holder the uid of the Tenant
 * @param handedOver whether it is the former copy, which nobody can have written to since it was
 *     handed over; one that is open is then left alone
 */
public record RemoveDatabase(
    String cluster, String namespace, String tenant, String holder, boolean handedOver)
    implements ServerStep {

  @Override
  public String server() {
    return Servers.ofDatabases(cluster, namespace);
  }

  @Override
  public Decision decision() {
    return Decision.normal(
        "CopyRemoved",
        "the copy of the database of %s on %s is removed".formatted(tenant, cluster));
  }
}
