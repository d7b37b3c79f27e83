package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.Optional;

/**
 * Who calls bot servers, and whom they call.
 *
 * @param gateway the only one that may call them
 * @param stores what they may call
 * @param needed those without which botserver ends, or goes on with files that lead nowhere
 * @param vectors the address of the vectors, if there are any
 * @param models the address of language models for all bots, whatever each says itself; empty if
 *     the cluster knows no provider
 * @param primary the servers to one of which connections cling; empty where a pooler holds them
 * @param withoutCache what users have to change for there to be a cache; empty if there is one
 */
public record Ways(
    NetworkPolicyPeer gateway,
    List<NetworkPolicyEgressRule> stores,
    List<Address> needed,
    Optional<String> vectors,
    Optional<String> models,
    Optional<Part> primary,
    Optional<String> withoutCache) {

  public static final int POSTGRES = 5432;
  public static final int VALKEY = 6379;
  public static final int VAULT = 8200;
  public static final int S3 = 8333;

  public Ways {
    stores = List.copyOf(stores);
    needed = List.copyOf(needed);
  }
}
