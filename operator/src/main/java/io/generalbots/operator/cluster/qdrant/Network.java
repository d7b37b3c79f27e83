package io.generalbots.operator.cluster.qdrant;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Services;
import java.util.List;
import java.util.Map;

/** How peers are reached, and by whom. */
final class Network {

  private Network() {}

  static List<HasMetadata> objects(Situation situation) {
    var part = situation.part();
    var rest = Services.port("http", Names.HTTP_PORT);
    return List.of(
        Services.clusterIp(
            part.meta(), part.selector(Names.PEER), rest, Services.port("grpc", Names.GRPC_PORT)),
        Services.headless(
            part.meta(Names.HEADLESS), part.selector(), Services.port("p2p", Names.P2P_PORT), rest),
        policy(situation));
  }

  /** Snapshots travel between peers by REST, everything else by the port that is theirs alone. */
  private static NetworkPolicy policy(Situation situation) {
    var part = situation.part();
    var operator = Policies.operator(situation.facts().settings());
    var peers = Policies.pods(part.selector());
    return Policies.closed(
        part,
        List.of(
            Policies.from(Policies.pods(Map.of()), Names.HTTP_PORT, Names.GRPC_PORT),
            Policies.from(operator, Names.HTTP_PORT),
            Policies.from(peers, Names.P2P_PORT)),
        List.of(Egress.dns(), Egress.to(peers, Names.HTTP_PORT, Names.P2P_PORT)));
  }
}
