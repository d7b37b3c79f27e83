package io.generalbots.operator.cluster.vault;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Services;
import io.generalbots.operator.residents.Residents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the servers are reached, and by whom. */
record Network(Situation situation) {

  List<HasMetadata> objects() {
    var part = situation.part();
    var port = Services.port("https", Names.PORT);
    return List.of(
        Services.clusterIp(part.meta(), part.selector(), port),
        Services.headless(
            part.meta(Names.HEADLESS),
            part.selector(),
            port,
            Services.port("peers", Names.PEER_PORT)),
        policy());
  }

  /** Pods of the namespace and those of Tenants may ask; what they get, their tokens say. */
  private NetworkPolicy policy() {
    var part = situation.part();
    var operator = Policies.operator(situation.facts().settings());
    var peers = Policies.pods(part.selector());
    var in = new ArrayList<NetworkPolicyIngressRule>();
    in.add(Policies.from(Policies.pods(Map.of()), Names.PORT));
    in.add(Policies.from(operator, Names.PORT));
    in.add(Policies.from(peers, Names.PEER_PORT));
    Residents.pods(situation.facts()).forEach(pods -> in.add(Policies.from(pods, Names.PORT)));
    return Policies.closed(
        part, in, List.of(Egress.dns(), Egress.to(peers, Names.PORT, Names.PEER_PORT)));
  }
}
