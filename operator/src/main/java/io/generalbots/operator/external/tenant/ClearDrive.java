package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.ServerStep;
import io.generalbots.operator.kernel.Decision;

/**
 * The end of a Tenant's buckets, also of bots that it no longer had.
 *
 * @param cluster the name of the BotCluster
 * @param namespace where that is
 * @param tenant whose they are
 * @param holder the uid of the Tenant, whose mark they have
 */
public record ClearDrive(String cluster, String namespace, String tenant, String holder)
    implements ServerStep {

  @Override
  public String server() {
    return Servers.ofDrive(cluster, namespace);
  }

  @Override
  public Decision decision() {
    return Decision.normal("BucketsRemoved", "the buckets of %s are removed".formatted(tenant));
  }
}
