package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.operator.kube.Budgets;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Services;
import java.util.List;

/** How bot servers are reached, and whom they may call. */
record Network(Situation situation) {

  private static final String HTTP = "http";

  List<HasMetadata> objects() {
    var part = situation.part();
    var port = Services.port(HTTP, Names.PORT);
    return List.of(
        Services.clusterIp(part.meta(), part.selector(), port),
        pods(part),
        Budgets.oneAtATime(part.meta(), part.selector()),
        policy(part));
  }

  /** For gateways that choose a pod themselves: only those that serve. */
  private static Service pods(Part part) {
    var service =
        Services.headless(part.meta(Names.PODS), part.selector(), Services.port(HTTP, Names.PORT));
    service.getSpec().setPublishNotReadyAddresses(null);
    return service;
  }

  private NetworkPolicy policy(Part part) {
    var ways = situation.site().ways();
    return Policies.closed(part, List.of(Policies.from(ways.gateway(), Names.PORT)), ways.stores());
  }
}
