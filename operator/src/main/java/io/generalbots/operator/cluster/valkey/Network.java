package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.generalbots.api.v1alpha1.shared.TlsMode;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Services;
import io.generalbots.operator.residents.Residents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How the servers and sentinels are reached, and by whom. */
final class Network {

  private final Situation situation;
  private final Part servers;
  private final Part sentinels;

  Network(Situation situation) {
    this.situation = situation;
    this.servers = situation.part();
    this.sentinels = situation.sentinels();
  }

  List<HasMetadata> forServers() {
    return List.of(primary(), readOnly(), headless(), serverPolicy());
  }

  List<HasMetadata> forSentinels() {
    return List.of(
        Services.headless(
            sentinels.meta(),
            sentinels.selector(),
            Services.port(Names.SENTINEL, Names.SENTINEL_PORT)),
        sentinelPolicy());
  }

  /**
   * Leads to one pod by its name. The agents beside the sentinels say to which; the operator does
   * until they have taken over, and where there is but one server.
   *
   * <p>It leads there even if the pod is not ready: it is the only one, and a replica that lost its
   * primary is not ready in the moment in which it is promoted.
   */
  private Service primary() {
    var selector =
        isLeftToAgents() ? Map.<String, String>of() : Map.of(Names.POD_NAME, servers.name("0"));
    var service = Services.clusterIp(servers.meta(), selector, clientPorts());
    service.getSpec().setPublishNotReadyAddresses(true);
    return service;
  }

  private boolean isLeftToAgents() {
    return situation.isLedByAgents()
        && (situation.needsSentinels() || situation.sentinelSet().isPresent());
  }

  /** Leads to the replicas; to whatever serves while there is none. */
  private Service readOnly() {
    var replicas = servers.selector(Marks.REPLICA);
    var serving =
        situation.servers().all().stream()
            .filter(Instance::isReady)
            .anyMatch(s -> Objects.labels(s.pod()).entrySet().containsAll(replicas.entrySet()));
    return Services.clusterIp(
        servers.meta(Names.READ_ONLY), serving ? replicas : servers.selector(), clientPorts());
  }

  private Service headless() {
    return Services.headless(
        servers.meta(Names.HEADLESS),
        servers.selector(),
        Services.port("tls", Names.TLS_PORT),
        Services.port("board", Names.BOARD_PORT));
  }

  private ServicePort[] clientPorts() {
    var plain = Services.port(Names.COMPONENT, Names.PORT);
    var tls = Services.port("tls", Names.TLS_PORT);
    return switch (situation.spec().tls().mode()) {
      case DISABLED -> new ServicePort[] {plain};
      case BOTH -> new ServicePort[] {plain, tls};
      case REQUIRED -> {
        var secured =
            new ServicePortBuilder(plain).withTargetPort(new IntOrString(Names.TLS_PORT)).build();
        yield new ServicePort[] {secured, tls};
      }
    };
  }

  private NetworkPolicy serverPolicy() {
    var operator = Policies.operator(situation.facts().settings());
    var peers = Policies.pods(servers.selector());
    var watchers = Policies.pods(sentinels.selector());
    var in = new ArrayList<NetworkPolicyIngressRule>();
    in.add(Policies.from(Policies.pods(Map.of()), clientPortNumbers()));
    in.add(Policies.from(operator, Names.TLS_PORT));
    in.add(Policies.from(peers, Names.TLS_PORT, Names.BOARD_PORT));
    in.add(Policies.from(watchers, Names.TLS_PORT));
    Residents.pods(situation.facts())
        .forEach(pods -> in.add(Policies.from(pods, clientPortNumbers())));
    return Policies.closed(
        servers,
        in,
        List.of(
            Egress.dns(),
            Egress.to(peers, Names.PORT, Names.TLS_PORT, Names.BOARD_PORT),
            Egress.to(watchers, Names.SENTINEL_PORT)));
  }

  private int[] clientPortNumbers() {
    var mode = situation.spec().tls().mode();
    return Stream.of(Names.PORT, Names.TLS_PORT)
        .filter(p -> p == Names.PORT ? mode != TlsMode.REQUIRED : mode != TlsMode.DISABLED)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private NetworkPolicy sentinelPolicy() {
    var peers = Policies.pods(sentinels.selector());
    var watched = Policies.pods(servers.selector());
    return Policies.closed(
        sentinels,
        List.of(
            Policies.from(watched, Names.SENTINEL_PORT), Policies.from(peers, Names.SENTINEL_PORT)),
        List.of(
            Egress.dns(),
            // For the agents beside them.
            Egress.apiServer(situation.facts().settings().apiServer()),
            Egress.to(watched, Names.TLS_PORT),
            Egress.to(peers, Names.SENTINEL_PORT)));
  }
}
