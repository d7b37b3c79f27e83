package io.generalbots.operator.external.tenant;

/**
 * A copy of a Tenant's database on one of the servers that it is carried between.
 *
 * @param cluster the BotCluster whose server has it
 * @param namespace of the BotCluster
 * @param tenant the name of the Tenant
 * @param holder the uid of the Tenant
 */
public record Copy(String cluster, String namespace, String tenant, String holder) {

  /** Its name in the server. */
  public String database() {
    return Dwelling.name(tenant);
  }
}
