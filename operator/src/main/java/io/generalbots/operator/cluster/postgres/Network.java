package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kube.Budgets;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Services;
import io.generalbots.operator.residents.Residents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How the servers are reached, by whom, and how many may be away at a time. */
final class Network {

  static final String READ_WRITE = "rw";

  private Network() {}

  /** Services, budget and policy. */
  static List<HasMetadata> objects(Situation situation) {
    var part = situation.part();
    var port = Services.port(Names.COMPONENT, Names.PORT);
    ServicePort rest = Services.port("patroni", Names.REST_PORT);
    return List.of(
        Services.headless(part.meta(), part.selector(), port, rest),
        Services.clusterIp(part.meta(READ_WRITE), part.selector(Names.PRIMARY), port),
        Services.clusterIp(part.meta("ro"), part.selector(Names.REPLICA), port),
        Services.clusterIp(part.meta("r"), part.selector(), port),
        // One budget for all: the primary may be evicted only while every replica is there.
        Budgets.oneAtATime(part.meta(), part.selector()),
        policy(part, situation.facts().settings(), clients(situation)));
  }

  /**
   * What belongs to the cluster, and what carries a Tenant's data. Where no pooler is in front,
   * those that it would let in too: the pods of the namespace and those of Tenants.
   */
  private static Stream<NetworkPolicyPeer> clients(Situation situation) {
    var facts = situation.facts();
    if (situation.cluster().getSpec().postgres().pooler().enabled()) {
      var own = Policies.pods(Map.of(Labels.CLUSTER, situation.part().cluster()));
      return Stream.concat(Stream.of(own), Residents.carriers(facts).stream());
    }
    return Stream.concat(Stream.of(Policies.pods(Map.of())), Residents.pods(facts).stream());
  }

  /** Members call each other and, since Patroni keeps its state there, the API server. */
  private static NetworkPolicy policy(
      Part part, Settings settings, Stream<NetworkPolicyPeer> clients) {
    var members = Policies.pods(part.selector());
    var operator = Policies.operator(settings);
    var in = new ArrayList<NetworkPolicyIngressRule>();
    clients.forEach(peer -> in.add(Policies.from(peer, Names.PORT)));
    in.add(Policies.from(members, Names.REST_PORT));
    in.add(Policies.from(operator, Names.PORT, Names.REST_PORT));
    return Policies.closed(
        part,
        in,
        List.of(
            Egress.dns(),
            Egress.apiServer(settings.apiServer()),
            Egress.to(members, Names.PORT, Names.REST_PORT)));
  }
}
