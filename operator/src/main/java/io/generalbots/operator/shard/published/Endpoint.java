package io.generalbots.operator.shard.published;

import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.kernel.Facts;

/** Where the servers of shards are. */
public final class Endpoint {

  private static final int PORT = 5432;

  private Endpoint() {}

  /** The primary of a BotCluster beside the policy. */
  public static String ofServer(String cluster, ShardPolicy policy, Facts facts) {
    return of(cluster, "postgres-rw", policy, facts);
  }

  /** Its poolers. */
  public static String ofPooler(String cluster, ShardPolicy policy, Facts facts) {
    return of(cluster, "pooler", policy, facts);
  }

  private static String of(String cluster, String suffix, ShardPolicy policy, Facts facts) {
    return "%s-%s.%s.svc.%s:%d"
        .formatted(
            cluster,
            suffix,
            policy.getMetadata().getNamespace(),
            facts.settings().clusterDomain(),
            PORT);
  }
}
