package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.ServerStep;
import io.generalbots.operator.kernel.Decision;
import java.util.List;

/**
 * Sees that the object store lets a tenant's login in and has its buckets; unfinished until then.
 *
 * @param cluster the name of the BotCluster
 * @param namespace where that is
 * @param tenant whose login it is
 * @param login what is tried
 * @param buckets that it has to see
 */
public record EnterDrive(
    String cluster, String namespace, String tenant, Credential login, List<String> buckets)
    implements ServerStep {

  public EnterDrive {
    buckets = List.copyOf(buckets);
  }

  @Override
  public String server() {
    return Servers.ofDrive(cluster, namespace);
  }

  @Override
  public Decision decision() {
    return Decision.normal(
        "DriveEntered",
        "the object store of BotCluster %s lets %s in".formatted(cluster, login.name()));
  }
}
