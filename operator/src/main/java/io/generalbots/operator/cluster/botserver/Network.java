package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.operator.kube.Budgets;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Services;
import java.util.ArrayList;
import java.util.List;

/** How bot servers are reached, and whom they may call. */
record Network(Situation situation) {

  private static final int POSTGRES = 5432;
  private static final int VALKEY = 6379;
  private static final int VAULT = 8200;
  private static final int S3 = 8333;
  private static final int QDRANT = 6333;
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

  /** Those without which botserver ends, or goes on with files that lead nowhere. */
  List<Address> needed() {
    var cluster = situation.part().cluster();
    var spec = situation.cluster().getSpec();
    var database = situation.isPooled() ? "-pooler" : "-postgres-rw";
    return List.of(
        spec.postgres().external() == null
            ? new Address(cluster + database, POSTGRES)
            : Address.of(spec.postgres().external().address()),
        spec.seaweedfs().external() == null
            ? new Address(cluster + "-s3", S3)
            : Address.of(spec.seaweedfs().external().endpoint()));
  }

  private NetworkPolicy policy(Part part) {
    var gateway = Policies.pods(new Part(part.cluster(), "gateway").selector());
    return Policies.closed(
        part, List.of(Policies.from(gateway, Names.PORT)), List.copyOf(stores()));
  }

  private List<NetworkPolicyEgressRule> stores() {
    var spec = situation.cluster().getSpec();
    var rules = new ArrayList<NetworkPolicyEgressRule>();
    rules.add(Egress.dns());
    rules.add(
        spec.postgres().external() == null
            ? to(situation.isPooled() ? "pooler" : "postgres", POSTGRES)
            : anywhere(spec.postgres().external().address()));
    rules.add(
        spec.valkey().external() == null
            ? to("valkey", VALKEY)
            : anywhere(spec.valkey().external().address()));
    rules.add(
        spec.vault().external() == null
            ? to("vault", VAULT)
            : anywhere(spec.vault().external().address()));
    rules.add(
        spec.seaweedfs().external() == null
            ? to("s3", S3)
            : anywhere(spec.seaweedfs().external().endpoint()));
    if (situation.has("qdrant")) {
      rules.add(
          spec.qdrant().external() == null
              ? to("qdrant", QDRANT)
              : anywhere(spec.qdrant().external().address()));
    }
    return rules;
  }

  private NetworkPolicyEgressRule to(String component, int port) {
    var part = new Part(situation.part().cluster(), component);
    return Egress.to(Policies.pods(part.selector()), port);
  }

  /** No selector finds what is elsewhere, and its name may lead to other addresses any time. */
  private static NetworkPolicyEgressRule anywhere(String address) {
    return Egress.anywhere(Address.of(address).port());
  }
}
