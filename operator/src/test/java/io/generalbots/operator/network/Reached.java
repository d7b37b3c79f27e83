package io.generalbots.operator.network;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a component lets out and in by policies: everybody, on every port.
 *
 * @param scene where it is
 * @param ports all that are tried
 */
record Reached(Scene scene, SortedSet<Port> ports) {

  /** Ports that servers have which nobody thought of. */
  private static final List<Integer> USUAL = List.of(22, 53, 80, 443, 2379, 6443, 8080, 10250);

  static Reached in(Scene scene, Links links) {
    return new Reached(scene, ports(scene.policies(), links));
  }

  /** By these policies, a line for each other. */
  List<String> by(List<NetworkPolicy> policies, Actor component) {
    var rules = new Rules(policies);
    return new Lines(component, scene.everybody())
        .of(
            other -> rules.out(component, other, ports),
            other -> rules.in(other, component, ports));
  }

  /** All that anybody names, and those beside them: at the edges it shows. */
  private static SortedSet<Port> ports(List<NetworkPolicy> policies, Links links) {
    var ports = new TreeSet<Port>();
    Stream.of(
            USUAL.stream(),
            links.all().stream().flatMap(link -> link.ranges().stream()).flatMap(PortRange::ends),
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
