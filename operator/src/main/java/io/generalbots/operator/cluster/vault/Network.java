package io.generalbots.operator.cluster.vault;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Services;
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

  /** Pods of the namespace may ask; what they get, their tokens say. */
  private NetworkPolicy policy() {
    var part = situation.part();
    var operator = Policies.operator(situation.facts().settings());
    var peers = Policies.pods(part.selector());
    return Policies.closed(
        part,
        List.of(
            Policies.from(Policies.pods(Map.of()), Names.PORT),
            Policies.from(operator, Names.PORT),
            Policies.from(peers, Names.PEER_PORT)),
        List.of(Egress.dns(), Egress.to(peers, Names.PORT, Names.PEER_PORT)));
  }
}
