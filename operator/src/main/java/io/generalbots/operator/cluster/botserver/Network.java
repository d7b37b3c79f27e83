package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.api.v1alpha1.cluster.SeaweedExternal;
import io.generalbots.api.v1alpha1.cluster.VaultExternal;
import io.generalbots.api.v1alpha1.shared.ExternalService;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.kube.Budgets;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
            : Address.of(spec.postgres().external(), POSTGRES),
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
    var vault = Optional.ofNullable(spec.vault().external()).map(VaultExternal::address);
    var drive = Optional.ofNullable(spec.seaweedfs().external()).map(SeaweedExternal::endpoint);
    var rules = new ArrayList<NetworkPolicyEgressRule>();
    rules.add(Egress.dns());
    rules.add(to(database(), POSTGRES, address(spec.postgres().external())));
    rules.add(to("valkey", VALKEY, address(spec.valkey().external())));
    rules.add(to("vault", VAULT, vault));
    rules.add(to("s3", S3, drive));
    if (situation.has("qdrant")) {
      rules.add(to("qdrant", QDRANT, address(spec.qdrant().external())));
    }
    return rules;
  }

  private String database() {
    return situation.isPooled() ? "pooler" : "postgres";
  }

  private static Optional<String> address(@Nullable ExternalService external) {
    return Optional.ofNullable(external).map(ExternalService::address);
  }

  /**
   * To the cluster's own pods, or elsewhere by the port alone: no selector finds what is elsewhere,
   * and its name may lead to other addresses any time.
   */
  private NetworkPolicyEgressRule to(String component, int port, Optional<String> elsewhere) {
    var part = new Part(situation.part().cluster(), component);
    return elsewhere
        .map(address -> Egress.anywhere(Address.of(address, port).port()))
        .orElseGet(() -> Egress.to(Policies.pods(part.selector()), port));
  }
}
