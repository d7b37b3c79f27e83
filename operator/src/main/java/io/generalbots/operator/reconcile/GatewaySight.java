package io.generalbots.operator.reconcile;

import io.fabric8.kubernetes.api.model.Service;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.cluster.gateway.Gateway;
import io.generalbots.operator.kernel.Informers;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.SharedSource;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.shard.geo.Entrances;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What policies see of the Services through which users come into their regions. */
final class GatewaySight {

  private static final String INDEX = "gateways";

  private GatewaySight() {}

  /** Wakes policies when a load balancer has another address for one of their regions. */
  static EventSource<?, ShardPolicy> source(
      EventSourceContext<ShardPolicy> context, Informers informers) {
    return informers.source(
        new SharedSource.Sight<Service, ShardPolicy>(
            Service.class,
            s -> concerned(s, context),
            (now, before) -> !Entrances.of(now).equals(Entrances.of(before)),
            INDEX,
            s -> isGateway(s) ? List.of(place(s)) : List.of(),
            policy -> List.of()),
        context);
  }

  /** What is known of the regions of a policy. */
  static Entrances read(ShardPolicy policy, Context<ShardPolicy> context) {
    var source =
        context
            .eventSourceRetriever()
            .getEventSourceFor(Service.class, SharedSource.name(Service.class, INDEX));
    if (source instanceof SharedSource<?, ?> shared) {
      return new Entrances(
          RegionSight.ids(policy)
              .map(ShardPolicySight::place)
              .distinct()
              .collect(Collectors.toMap(Function.identity(), place -> addresses(shared, place))));
    }
    throw new IllegalStateException("gateways are not watched");
  }

  private static List<String> addresses(SharedSource<?, ?> source, String place) {
    return source.byIndex(place).stream()
        .flatMap(service -> Entrances.of((Service) service).stream())
        .toList();
  }

  private static Set<ResourceID> concerned(
      Service service, EventSourceContext<ShardPolicy> context) {
    return isGateway(service)
        ? context.getPrimaryCache().byIndex(ShardPolicySight.REGIONS, place(service)).stream()
            .map(ResourceID::fromResource)
            .collect(Collectors.toSet())
        : Set.of();
  }

  /** The one from outside; gateways have others, for pods of Tenants. */
  private static boolean isGateway(Service service) {
    var labels = Objects.labels(service);
    return Gateway.NAME.equals(labels.get(Labels.COMPONENT))
        && (labels.get(Labels.CLUSTER) + "-" + Gateway.NAME)
            .equals(service.getMetadata().getName());
  }

  private static String place(Service service) {
    return Entrances.place(
        service.getMetadata().getNamespace(),
        Objects.labels(service).getOrDefault(Labels.CLUSTER, ""));
  }
}
