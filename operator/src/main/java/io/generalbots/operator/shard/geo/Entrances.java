package io.generalbots.operator.shard.geo;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where load balancers let users into BotClusters.
 *
 * @param addresses names and addresses, by namespace/name of the BotCluster
 */
public record Entrances(Map<String, List<String>> addresses) implements Reading {

  public Entrances {
    addresses = Map.copyOf(addresses);
  }

  /** What the load balancer of this Service has; nothing where it has none. */
  public static List<String> of(Service service) {
    return Optional.ofNullable(service.getStatus())
        .flatMap(status -> Optional.ofNullable(status.getLoadBalancer()))
        .flatMap(balancer -> Optional.ofNullable(balancer.getIngress()))
        .stream()
        .flatMap(List::stream)
        .flatMap(Entrances::said)
        .toList();
  }

  /** The key of a BotCluster. */
  public static String place(String namespace, String name) {
    return namespace + "/" + name;
  }

  List<String> of(BotCluster cluster) {
    var meta = cluster.getMetadata();
    return addresses.getOrDefault(place(meta.getNamespace(), meta.getName()), List.of());
  }

  private static Stream<String> said(LoadBalancerIngress ingress) {
    return Stream.of(
            Optional.ofNullable(ingress.getIp()), Optional.ofNullable(ingress.getHostname()))
        .flatMap(Optional::stream)
        .filter(address -> !address.isBlank());
  }
}
