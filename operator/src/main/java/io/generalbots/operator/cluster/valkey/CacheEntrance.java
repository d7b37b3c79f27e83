package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.ValkeySpec;
import io.generalbots.api.v1alpha1.shared.TlsMode;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;

/**
 * How other components of a cluster come to its cache, wherever that is; over TLS wherever it has
 * some.
 *
 * @param cluster what is wished
 */
public record CacheEntrance(BotCluster cluster) {

  /** Its primary, or the one elsewhere. */
  public Address address() {
    return spec().external() == null
        ? new Address(servers().name(), port())
        : Address.of(spec().external(), Names.PORT);
  }

  /** Whether it is spoken to over TLS. */
  public boolean isSecured() {
    return spec().external() == null
        ? spec().tls().mode() != TlsMode.DISABLED
        : Elsewhere.isEncrypted(spec().external());
  }

  /** What a pod that comes to it may call. */
  public NetworkPolicyEgressRule way() {
    return spec().external() == null
        ? Egress.to(Policies.pods(servers().selector()), port())
        : Egress.anywhere(address().port());
  }

  int port() {
    return isSecured() ? Names.TLS_PORT : Names.PORT;
  }

  private Part servers() {
    return Names.servers(cluster.getMetadata().getName());
  }

  private ValkeySpec spec() {
    return cluster.getSpec().valkey();
  }
}
