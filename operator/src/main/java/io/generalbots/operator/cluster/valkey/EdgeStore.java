package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.shared.TlsMode;

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

  /** What a gateway may call for it. */
  public static NetworkPolicyEgressRule way(BotCluster cluster) {
    return new CacheEntrance(cluster).way();
  }

  /** Gateways use TLS wherever there is some. */
  static int port(TlsMode mode) {
    return mode == TlsMode.DISABLED ? Names.PORT : Names.TLS_PORT;
  }
}
