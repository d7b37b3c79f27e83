package io.generalbots.operator.kube;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.generalbots.operator.kernel.ApiServer;
import java.util.Map;

/** What a closed pod may still call. */
public final class Egress {

  private static final int DNS = 53;

  /** The address by convention of a DNS cache on the pod's own node, which has no labels. */
  private static final String NODE_CACHE = "169.254.20.10/32";

  private Egress() {}

  /** These TCP ports of this peer. */
  public static NetworkPolicyEgressRule to(NetworkPolicyPeer peer, int... ports) {
    return new NetworkPolicyEgressRuleBuilder()
        .withTo(peer)
        .withPorts(Policies.open("TCP", ports))
        .build();
  }

  /** These UDP ports of this peer. */
  public static NetworkPolicyEgressRule byUdp(NetworkPolicyPeer peer, int... ports) {
    return new NetworkPolicyEgressRuleBuilder()
        .withTo(peer)
        .withPorts(Policies.open("UDP", ports))
        .build();
  }

  /** This TCP port of whoever has it: for what is outside of the cluster and known by name only. */
  public static NetworkPolicyEgressRule anywhere(int port) {
    return anywhere("TCP", port);
  }

  /** The same by UDP. */
  public static NetworkPolicyEgressRule anywhereByUdp(int port) {
    return anywhere("UDP", port);
  }

  private static NetworkPolicyEgressRule anywhere(String protocol, int port) {
    return new NetworkPolicyEgressRuleBuilder()
        .withTo(addresses("0.0.0.0/0"), addresses("::/0"))
        .withPorts(Policies.open(protocol, port))
        .build();
  }

  /**
   * This port of whoever has it, but of nobody whose address means something on a node alone: there
   * clouds hand out the node's own credentials.
   */
  public static NetworkPolicyEgressRule abroad(String protocol, int port) {
    return new NetworkPolicyEgressRuleBuilder()
        .withTo(without("0.0.0.0/0", "169.254.0.0/16"), without("::/0", "fe80::/10"))
        .withPorts(Policies.open(protocol, port))
        .build();
  }

  /** Names, where nearly every distribution has its DNS. */
  public static NetworkPolicyEgressRule dns() {
    var servers = Policies.pods("kube-system", Map.of("k8s-app", "kube-dns"));
    return new NetworkPolicyEgressRuleBuilder()
        .withTo(servers, addresses(NODE_CACHE))
        .withPorts(Policies.open("UDP", DNS))
        .addAllToPorts(Policies.open("TCP", DNS))
        .build();
  }

  /**
   * The API server, which is no pod. Some networks judge a call before the address of the Service
   * is replaced by that of a server, others (kube-router) after it: both ports are open. Its
   * addresses may change any time, and no selector finds them: only whoever installs knows them.
   */
  public static NetworkPolicyEgressRule apiServer(ApiServer server) {
    var ports = server.ports().stream().mapToInt(Integer::intValue).toArray();
    return new NetworkPolicyEgressRuleBuilder()
        .withTo(server.addresses().stream().map(Egress::addresses).toList())
        .withPorts(Policies.open("TCP", ports))
        .build();
  }

  private static NetworkPolicyPeer without(String cidr, String but) {
    return new NetworkPolicyPeerBuilder()
        .withNewIpBlock()
        .withCidr(cidr)
        .withExcept(but)
        .endIpBlock()
        .build();
  }

  private static NetworkPolicyPeer addresses(String cidr) {
    return new NetworkPolicyPeerBuilder().withNewIpBlock().withCidr(cidr).endIpBlock().build();
  }
}
