package io.generalbots.operator.network;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the components of a scene let out and in by its policies: everybody, on every port. */
final class Reached {

  /** Ports that servers have which nobody thought of. */
  private static final List<Integer> USUAL = List.of(22, 53, 80, 443, 2379, 6443, 8080, 10250);

  private Reached() {}

  static SortedSet<String> allowed(Scene scene, List<NetworkPolicy> policies, List<Link> links) {
    var lines = new TreeSet<String>();
    var rules = new Rules(policies);
    var everybody = scene.everybody();
    var ports = ports(policies, links);
    for (var component : scene.components().stream().filter(Actor::isPod).toList()) {
      for (var other : everybody) {
        for (var port : ports) {
          if (rules.allowOut(component, other, port)) {
            lines.add(Links.line(component, "lets out to", other, port));
          }
          if (rules.allowIn(other, component, port)) {
            lines.add(Links.line(component, "lets in", other, port));
          }
        }
      }
    }
    return lines;
  }

  /** All that anybody names, and those beside them: at the edges it shows. */
  private static Collection<Port> ports(List<NetworkPolicy> policies, List<Link> links) {
    var ports = new TreeSet<Port>();
    Stream.of(
            USUAL.stream(),
            links.stream().flatMap(link -> link.allPorts().stream()).map(Port::number),
            policies.stream().flatMap(Reached::ports))
        .flatMap(numbers -> numbers)
        .flatMap(n -> Stream.of(n - 1, n, n + 1))
        .forEach(
            n -> {
              ports.add(Port.tcp(n));
              ports.add(Port.udp(n));
            });
    return ports;
  }

  private static Stream<Integer> ports(NetworkPolicy policy) {
    var rules =
        Stream.concat(
            policy.getSpec().getIngress().stream().flatMap(r -> r.getPorts().stream()),
            policy.getSpec().getEgress().stream().flatMap(r -> r.getPorts().stream()));
    return rules.flatMap(Reached::ends);
  }

  private static Stream<Integer> ends(NetworkPolicyPort port) {
    return Stream.of(port.getPort() == null ? null : port.getPort().getIntVal(), port.getEndPort())
        .filter(n -> n != null);
  }
}
