package io.generalbots.operator.cluster.valkey;

import io.generalbots.api.v1alpha1.BotCluster;

/**
 * Where gateways keep what they count together: in the cluster's Valkey as a user that sees nothing
 * else, or elsewhere by the login that the user gave for the whole cluster.
 */
public final class EdgeStore {

  private EdgeStore() {}

  /** The Secret with key {@code uri}, and {@code ca.crt} where it takes one to verify it. */
  public static String secret(BotCluster cluster) {
    var part = Names.servers(cluster.getMetadata().getName());
    return part.name(cluster.getSpec().valkey().external() == null ? Names.EDGE : Elsewhere.SUFFIX);
  }
}
