package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.generalbots.operator.kube.Budgets;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Services;
import io.generalbots.operator.residents.Residents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How the roles are reached, by whom, and how many of each may be away at a time. */
record Network(Situation situation) {

  private static final int POSTGRES = 5432;

  /** Whom each role calls; a master gives tokens to whoever asks, so that only these may. */
  private static final Map<Role, List<Role>> CALLS =
      Map.of(
          Role.MASTER, List.of(Role.MASTER, Role.VOLUME, Role.FILER),
          Role.VOLUME, List.of(Role.MASTER, Role.VOLUME),
          Role.FILER, List.of(Role.MASTER, Role.VOLUME, Role.FILER, Role.S3),
          Role.S3, List.of(Role.MASTER, Role.VOLUME, Role.FILER, Role.S3));

  List<HasMetadata> objects() {
    return Stream.of(Role.values()).flatMap(this::objects).toList();
  }

  /** The policy of the pod that empties a server: it calls masters and servers, nobody calls it. */
  NetworkPolicy drainPolicy(Part drain) {
    return Policies.closed(
        drain, List.of(), List.of(Egress.dns(), egress(Role.MASTER), egress(Role.VOLUME)));
  }

  private Stream<HasMetadata> objects(Role role) {
    var part = situation.part(role);
    return Stream.of(service(role), policy(role), Budgets.oneAtATime(part.meta(), part.selector()));
  }

  private HasMetadata service(Role role) {
    var part = situation.part(role);
    var port = Services.port(role.command(), role.port());
    if (role == Role.S3) {
      var https = Services.port(Names.HTTPS, Names.HTTPS_PORT);
      return Services.clusterIp(part.meta(), part.selector(), port, https);
    }
    return Services.headless(
        part.meta(), part.selector(), port, Services.port("grpc", role.grpcPort()));
  }

  private NetworkPolicy policy(Role role) {
    var in = new ArrayList<NetworkPolicyIngressRule>();
    for (var caller : Role.values()) {
      if (calls(caller).contains(role)) {
        in.add(Policies.from(peer(situation.part(caller)), role.port(), role.grpcPort()));
      }
    }
    if (role == Role.MASTER || role == Role.VOLUME) {
      in.add(Policies.from(peer(Drain.part(situation)), role.port(), role.grpcPort()));
    }
    if (role == Role.MASTER) {
      in.add(Policies.from(operator(), role.port()));
    }
    if (role == Role.S3) {
      in.addAll(fromClients());
    }
    return Policies.closed(situation.part(role), in, out(role));
  }

  private NetworkPolicyPeer operator() {
    return Policies.operator(situation.facts().settings());
  }

  /** Applications, the operator, and the pods of Tenants. */
  private List<NetworkPolicyIngressRule> fromClients() {
    var in = new ArrayList<NetworkPolicyIngressRule>();
    in.add(Policies.from(Policies.pods(Map.of()), Role.S3.port(), Names.HTTPS_PORT));
    in.add(Policies.from(operator(), Names.HTTPS_PORT));
    Residents.pods(situation.facts())
        .forEach(pods -> in.add(Policies.from(pods, Role.S3.port(), Names.HTTPS_PORT)));
    return in;
  }

  private List<NetworkPolicyEgressRule> out(Role role) {
    var out = new ArrayList<NetworkPolicyEgressRule>();
    out.add(Egress.dns());
    calls(role).forEach(called -> out.add(egress(called)));
    if (role == Role.FILER && !situation.isEmbedded()) {
      var cluster = situation.name();
      out.add(Egress.to(peer(new Part(cluster, "pooler")), POSTGRES));
      out.add(Egress.to(peer(new Part(cluster, "postgres")), POSTGRES));
    }
    return out;
  }

  private NetworkPolicyEgressRule egress(Role called) {
    return Egress.to(peer(situation.part(called)), called.port(), called.grpcPort());
  }

  private static List<Role> calls(Role role) {
    return CALLS.getOrDefault(role, List.of());
  }

  private static NetworkPolicyPeer peer(Part part) {
    return Policies.pods(part.selector());
  }
}
