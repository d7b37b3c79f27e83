package io.generalbots.operator.network;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What network policies allow, as the documentation of Kubernetes has it: a pod that no policy of a
 * direction selects is open in it, one that some select is open for what any of them opens.
 *
 * @param policies all of them
 */
record Rules(List<NetworkPolicy> policies) {

  private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

  /** One rule of either direction. */
  private record Rule(String namespace, List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> on) {

    boolean isFor(Actor peer) {
      return peers.isEmpty() || peers.stream().anyMatch(p -> isPeer(p, peer));
    }

    boolean isOn(Actor target, Port port) {
      return on.isEmpty() || on.stream().anyMatch(p -> isPort(p, target, port));
    }

    private boolean isPeer(NetworkPolicyPeer peer, Actor actor) {
      if (peer.getIpBlock() != null) {
        var block = peer.getIpBlock();
        return new Cidr(block.getCidr()).contains(actor.address())
            && block.getExcept().stream().noneMatch(e -> new Cidr(e).contains(actor.address()));
      }
      return actor.isPod()
          && (peer.getNamespaceSelector() == null
              ? namespace.equals(actor.namespace())
              : Selectors.selects(
                  peer.getNamespaceSelector(), Map.of(NAMESPACE_NAME, actor.namespace())))
          && (peer.getPodSelector() == null
              || Selectors.selects(peer.getPodSelector(), actor.labels()));
    }

    private static boolean isPort(NetworkPolicyPort rule, Actor target, Port port) {
      var protocol = rule.getProtocol() == null ? "TCP" : rule.getProtocol();
      if (!protocol.equals(port.protocol()) || rule.getPort() == null) {
        return protocol.equals(port.protocol());
      }
      var name = rule.getPort().getStrVal();
      if (name != null) {
        return Integer.valueOf(port.number()).equals(target.ports().get(name));
      }
      var first = rule.getPort().getIntVal();
      var last = rule.getEndPort() == null ? first : rule.getEndPort();
      return port.number() >= first && port.number() <= last;
    }
  }

  /**
   * Somebody who may be let through to somebody.
   *
   * @param peer whom the policies have to name
   * @param target whose ports they are
   * @param ports those that are tried
   */
  private record Way(Actor peer, Actor target, Collection<Port> ports) {

    Stream<Port> by(Rule rule) {
      return rule.isFor(peer)
          ? ports.stream().filter(port -> rule.isOn(target, port))
          : Stream.empty();
    }
  }

  /** On which of these ports the policies of the one who connects let it out. */
  SortedSet<Port> out(Actor from, Actor to, Collection<Port> ports) {
    return open(selecting(from, "Egress"), Rules::egress, new Way(to, to, ports));
  }

  /** On which of these ports the policies of the one it connects to let it in. */
  SortedSet<Port> in(Actor from, Actor to, Collection<Port> ports) {
    return open(selecting(to, "Ingress"), Rules::ingress, new Way(from, to, ports));
  }

  private static SortedSet<Port> open(
      List<NetworkPolicy> closing, Function<NetworkPolicy, Stream<Rule>> direction, Way way) {
    return closing.isEmpty()
        ? new TreeSet<>(way.ports())
        : closing.stream()
            .flatMap(direction)
            .flatMap(way::by)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<NetworkPolicy> selecting(Actor actor, String direction) {
    return policies.stream().filter(p -> selects(p, actor) && closes(p, direction)).toList();
  }

  private static Stream<Rule> egress(NetworkPolicy policy) {
    return policy.getSpec().getEgress().stream()
        .map(r -> new Rule(policy.getMetadata().getNamespace(), r.getTo(), r.getPorts()));
  }

  private static Stream<Rule> ingress(NetworkPolicy policy) {
    return policy.getSpec().getIngress().stream()
        .map(r -> new Rule(policy.getMetadata().getNamespace(), r.getFrom(), r.getPorts()));
  }

  private static boolean selects(NetworkPolicy policy, Actor actor) {
    return actor.namespace().equals(policy.getMetadata().getNamespace())
        && Selectors.selects(policy.getSpec().getPodSelector(), actor.labels());
  }

  /** Without types it closes what comes in, and what goes out if it has rules for that. */
  private static boolean closes(NetworkPolicy policy, String direction) {
    var types = policy.getSpec().getPolicyTypes();
    return types.isEmpty()
        ? "Ingress".equals(direction) || !policy.getSpec().getEgress().isEmpty()
        : types.contains(direction);
  }
}
