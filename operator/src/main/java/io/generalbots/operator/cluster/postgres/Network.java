package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kube.Budgets;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Services;
import java.util.List;
import java.util.Map;

/** How the servers are reached, by whom, and how many may be away at a time. */
final class Network {

  static final String READ_WRITE = "rw";

  private Network() {}

  /** Services, budget and policy. */
  static List<HasMetadata> objects(Part part, Settings settings) {
    var port = Services.port(Names.COMPONENT, Names.PORT);
    ServicePort rest = Services.port("patroni", Names.REST_PORT);
    return List.of(
        Services.headless(part.meta(), part.selector(), port, rest),
        Services.clusterIp(part.meta(READ_WRITE), part.selector(Names.PRIMARY), port),
        Services.clusterIp(part.meta("ro"), part.selector(Names.REPLICA), port),
        Services.clusterIp(part.meta("r"), part.selector(), port),
        // One budget for all: the primary may be evicted only while every replica is there.
        Budgets.oneAtATime(part.meta(), part.selector()),
        policy(part, settings));
  }

  /** Members call each other and, since Patroni keeps its state there, the API server. */
  private static NetworkPolicy policy(Part part, Settings settings) {
    var members = Policies.pods(part.selector());
    var operator = Policies.operator(settings);
    return Policies.closed(
        part,
        List.of(
            Policies.from(Policies.pods(Map.of(Labels.CLUSTER, part.cluster())), Names.PORT),
            Policies.from(members, Names.REST_PORT),
            Policies.from(operator, Names.PORT, Names.REST_PORT)),
        List.of(
            Egress.dns(),
            Egress.apiServer(settings.apiServer()),
            Egress.to(members, Names.PORT, Names.REST_PORT)));
  }
}
