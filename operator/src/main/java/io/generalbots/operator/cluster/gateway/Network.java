package io.generalbots.operator.cluster.gateway;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.GatewaySpec;
import io.generalbots.api.v1alpha1.cluster.GatewayTlsMode;
import io.generalbots.api.v1alpha1.cluster.ServiceType;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.qdrant.Entrance;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Services;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Residents;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How clients come in, and where the gateway may go.
 *
 * @param part the gateway
 * @param cluster whose gateway it is
 * @param facts who its tenants are, and where the operator is
 */
record Network(Part part, BotCluster cluster, Facts facts) {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  Service service() {
    var service = Services.clusterIp(part.meta(), part.selector(), ports());
    var spec = spec();
    service.setMetadata(
        new ObjectMetaBuilder(service.getMetadata())
            .withAnnotations(spec.service().annotations())
            .build());
    service.getSpec().setType(spelled(spec.service().type()));
    service.getSpec().setLoadBalancerClass(spec.service().loadBalancerClass());
    return service;
  }

  /** By which the operator finds each gateway that is ready, and whoever else reads metrics. */
  Service metrics(String name) {
    return Services.each(part.meta(name), part.selector(), Services.port(name, Ports.HEALTH));
  }

  /** By which tenants' pods come into rooms. */
  Service rooms() {
    return Services.clusterIp(
        part.meta(RoomKeys.NAME), part.selector(), Services.port(RoomKeys.NAME, Ports.ROOMS));
  }

  /** By which tenants' pods come to collections. */
  Service vectors() {
    return Services.clusterIp(
        part.meta(VectorKeys.NAME), part.selector(), Services.port(VectorKeys.NAME, Ports.VECTORS));
  }

  /** Open to the world, as it is there for; the way on leads to what it serves only. */
  NetworkPolicy policy() {
    var ports = isSecured() ? new int[] {Ports.HTTP, Ports.HTTPS} : new int[] {Ports.HTTP};
    var counted = Policies.from(Policies.operator(facts.settings()), Ports.HEALTH);
    var in =
        Stream.of(
                Stream.of(Policies.fromAnywhere(ports), counted),
                toDoors(),
                new Models(cluster, facts).in())
            .flatMap(Function.identity());
    return Policies.closed(part, in.toList(), ways());
  }

  /** The operator tries whether the keys of tenants open them. */
  private Stream<NetworkPolicyIngressRule> toDoors() {
    var doors = doors();
    return Stream.concat(
            Stream.of(Policies.operator(facts.settings())), Residents.pods(facts).stream())
        .filter(peer -> doors.length > 0)
        .map(peer -> Policies.from(peer, doors));
  }

  private int[] doors() {
    var doors = IntStream.builder();
    if (VectorKeys.areChecked(cluster)) {
      doors.add(Ports.VECTORS);
    }
    if (RoomKeys.areChecked(cluster)) {
      doors.add(Ports.ROOMS);
    }
    return doors.build().toArray();
  }

  private List<NetworkPolicyEgressRule> ways() {
    var hosts = PublicHosts.of(cluster);
    var ways = new ArrayList<NetworkPolicyEgressRule>();
    ways.add(Egress.dns());
    ways.add(to("botserver", Ports.BOT_SERVER));
    ways.add(new Limits(cluster).way());
    var residents = Residents.of(facts);
    residents.stream().filter(Registration::ownServers).map(Network::toServers).forEach(ways::add);
    residents.stream().flatMap(this::toTheirMeetings).forEach(ways::add);
    hosts.meetings().ifPresent(h -> ways.add(toMeetings()));
    hosts.files().ifPresent(h -> ways.add(to("s3", Ports.FILES)));
    if (VectorKeys.areChecked(cluster)) {
      ways.add(new Entrance(cluster, facts).way());
    }
    ways.add(new HealthAnswer(cluster, facts).way());
    new Models(cluster, facts).out().forEach(ways::add);
    return ways;
  }

  private static NetworkPolicyEgressRule toServers(Registration resident) {
    var pods = Policies.pods(resident.namespace(), resident.servers().selector());
    return Egress.to(pods, Ports.BOT_SERVER);
  }

  private Stream<NetworkPolicyEgressRule> toTheirMeetings(Registration resident) {
    return resident.meetings().stream()
        .filter(part -> Features.isOn(cluster, part.component()))
        .map(meetings -> Policies.pods(resident.namespace(), meetings.selector()))
        .map(pods -> Egress.to(pods, Ports.MEETINGS));
  }

  /**
   * Pods on the network of their node have its address, and no policy knows them by their labels.
   */
  private NetworkPolicyEgressRule toMeetings() {
    return cluster.getSpec().livekit().hostNetwork()
        ? Egress.anywhere(Ports.MEETINGS)
        : to("livekit", Ports.MEETINGS);
  }

  private NetworkPolicyEgressRule to(String component, int port) {
    return Egress.to(Policies.pods(new Part(part.cluster(), component).selector()), port);
  }

  private ServicePort[] ports() {
    var http = Services.port("http", HTTP, Ports.HTTP);
    return isSecured()
        ? new ServicePort[] {http, Services.port("https", HTTPS, Ports.HTTPS)}
        : new ServicePort[] {http};
  }

  private GatewaySpec spec() {
    return cluster.getSpec().gateway();
  }

  private boolean isSecured() {
    return spec().tls().mode() != GatewayTlsMode.DISABLED;
  }

  private static String spelled(ServiceType type) {
    return switch (type) {
      case CLUSTER_IP -> "ClusterIP";
      case NODE_PORT -> "NodePort";
      case LOAD_BALANCER -> "LoadBalancer";
    };
  }
}
