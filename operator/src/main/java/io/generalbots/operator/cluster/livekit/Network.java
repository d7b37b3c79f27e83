package io.generalbots.operator.cluster.livekit;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpecBuilder;
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
    var objects = new ArrayList<HasMetadata>();
    objects.add(
        Services.clusterIp(part.meta(), part.selector(), Services.port("http", Names.PORT)));
    objects.add(Policies.closed(part, in(), out()));
    if (Turn.secretName(situation.cluster()).isPresent() && !situation.spec().hostNetwork()) {
      objects.add(turn());
    }
    if (Bus.isThere(situation.cluster()) && situation.spec().hostNetwork()) {
      objects.add(busFromNodes());
    }
    return objects;
  }

  /** Browsers always look for TURN by TLS at this port. */
  private Service turn() {
    var part = situation.part();
    var port =
        new ServicePortBuilder()
            .withName("turn-tls")
            .withPort(Names.TURN_PUBLIC)
            .withTargetPort(new IntOrString(situation.spec().turn().tlsPort()))
            .withProtocol("TCP")
            .build();
    return new ServiceBuilder(Services.clusterIp(part.meta(Names.TURN), part.selector(), port))
        .editSpec()
        .withType("LoadBalancer")
        .endSpec()
        .build();
  }

  private List<NetworkPolicyIngressRule> in() {
    var rules = new ArrayList<NetworkPolicyIngressRule>();
    var namespace = Policies.pods(Map.of());
    rules.add(Policies.from(namespace, Names.PORT, Names.TCP_MEDIA));
    rules.add(
        new NetworkPolicyIngressRuleBuilder()
            .withFrom(namespace)
            .withPorts(udp(Names.UDP_MEDIA))
            .build());
    Residents.pods(situation.facts()).stream().map(Network::media).forEach(rules::add);
    if (Turn.isWished(situation.cluster())) {
      rules.add(
          new NetworkPolicyIngressRuleBuilder()
              .withFrom(Policies.pods(situation.part().selector()))
              .withPorts(relays())
              .build());
      rules.add(new NetworkPolicyIngressRuleBuilder().withPorts(turnPorts()).build());
    }
    return rules;
  }

  /** Not the signals: of those the gateways judge whose room it is. */
  private static NetworkPolicyIngressRule media(NetworkPolicyPeer tenant) {
    return new NetworkPolicyIngressRuleBuilder()
        .withFrom(tenant)
        .withPorts(tcp(Names.TCP_MEDIA), udp(Names.UDP_MEDIA))
        .build();
  }

  /** TURN relays what outsiders send, with whatever address they name: only to our own media. */
  private List<NetworkPolicyEgressRule> out() {
    var rules = new ArrayList<NetworkPolicyEgressRule>();
    rules.add(Egress.dns());
    if (Bus.isThere(situation.cluster())) {
      var bus = Policies.pods(Bus.servers(situation).selector());
      rules.add(Egress.to(bus, Bus.port(situation)));
    }
    if (Turn.isWished(situation.cluster())) {
      rules.add(
          new NetworkPolicyEgressRuleBuilder()
              .withTo(Policies.pods(situation.part().selector()))
              .withPorts(udp(Names.UDP_MEDIA), relays())
              .build());
    }
    return rules;
  }

  /** On its node's network a server has no labels by which the policy of the bus would know it. */
  private NetworkPolicy busFromNodes() {
    var rule = new NetworkPolicyIngressRuleBuilder().withPorts(tcp(Bus.port(situation))).build();
    var spec =
        new NetworkPolicySpecBuilder()
            .withPodSelector(new LabelSelector(null, Bus.servers(situation).selector()))
            .withPolicyTypes("Ingress")
            .withIngress(rule)
            .build();
    return new NetworkPolicyBuilder()
        .withMetadata(situation.part().meta(Names.BUS))
        .withSpec(spec)
        .build();
  }

  private List<NetworkPolicyPort> turnPorts() {
    var turn = situation.spec().turn();
    return Turn.secretName(situation.cluster()).isPresent()
        ? List.of(udp(turn.udpPort()), tcp(turn.tlsPort()))
        : List.of(udp(turn.udpPort()));
  }

  private static NetworkPolicyPort relays() {
    return new NetworkPolicyPort(Names.RELAY_LAST, new IntOrString(Names.RELAY_FIRST), "UDP");
  }

  private static NetworkPolicyPort udp(int port) {
    return new NetworkPolicyPort(null, new IntOrString(port), "UDP");
  }

  private static NetworkPolicyPort tcp(int port) {
    return new NetworkPolicyPort(null, new IntOrString(port), "TCP");
  }
}
