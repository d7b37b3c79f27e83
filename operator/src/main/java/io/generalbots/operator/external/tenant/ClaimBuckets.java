package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.ServerStep;
import io.generalbots.operator.kernel.Decision;
import java.util.List;
import java.util.Optional;

/**
 * Buckets become a tenant's before anybody is let in: those that are not there are made for it.
 *
 * @param cluster the name of the BotCluster
 * @param namespace where that is
 * @param tenant whose they are to be
 * @param holder the uid of the Tenant, by which what is already there is known to be its own
 * @param buckets that it asks for
 * @param former the uid of the Tenant whose heir it is, if it is one
 * @param adopt whether what is there and has nobody's mark becomes the Tenant's
 * @param encrypted whether what is written into them is encrypted
 */
public record ClaimBuckets(
    String cluster,
    String namespace,
    String tenant,
    String holder,
    List<String> buckets,
    Optional<String> former,
    boolean adopt,
    boolean encrypted)
    implements ServerStep {

  public ClaimBuckets {
    buckets = List.copyOf(buckets);
  }

  @Override
  public String server() {
    return Servers.ofDrive(cluster, namespace);
  }

  @Override
  public Decision decision() {
    return Decision.normal(
        "BucketsClaimed",
        "buckets that belong to %s: %s".formatted(tenant, String.join(", ", buckets)));
  }
}
