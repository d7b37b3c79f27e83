package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.QdrantTlsMode;
import io.generalbots.api.v1alpha1.cluster.SeaweedExternal;
import io.generalbots.api.v1alpha1.cluster.VaultExternal;
import io.generalbots.api.v1alpha1.shared.ExternalService;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.gateway.Models;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.cluster.valkey.Valkey;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ways of a BotCluster's bot servers.
 *
 * @param cluster whose they are
 * @param settings how the operator was set up
 */
record ClusterWays(BotCluster cluster, Settings settings) {

  private static final int QDRANT = 6333;

  Ways ways() {
    var isManaged = cluster.getSpec().postgres().external() == null;
    return new Ways(
        Policies.pods(part("gateway").selector()),
        stores(),
        needed(),
        vectors(),
        Models.url(cluster, settings).filter(u -> cluster.getSpec().llm().url() != null),
        Optional.of(part("postgres")).filter(p -> isManaged && !isPooled()),
        Valkey.plainRefused(cluster));
  }

  private List<Address> needed() {
    var spec = cluster.getSpec();
    var database = isPooled() ? "-pooler" : "-postgres-rw";
    return List.of(
        spec.postgres().external() == null
            ? new Address(name() + database, Ways.POSTGRES)
            : Address.of(spec.postgres().external(), Ways.POSTGRES),
        spec.seaweedfs().external() == null
            ? new Address(name() + "-s3", Ways.S3)
            : Address.of(spec.seaweedfs().external().endpoint()));
  }

  private List<NetworkPolicyEgressRule> stores() {
    var spec = cluster.getSpec();
    var vault = Optional.ofNullable(spec.vault().external()).map(VaultExternal::address);
    var drive = Optional.ofNullable(spec.seaweedfs().external()).map(SeaweedExternal::endpoint);
    var rules = new ArrayList<NetworkPolicyEgressRule>();
    rules.add(Egress.dns());
    rules.add(
        to(isPooled() ? "pooler" : "postgres", Ways.POSTGRES, address(spec.postgres().external())));
    rules.add(to("valkey", Ways.VALKEY, address(spec.valkey().external())));
    rules.add(to("vault", Ways.VAULT, vault));
    rules.add(to("s3", Ways.S3, drive));
    if (hasVectors()) {
      rules.add(to("qdrant", QDRANT, address(spec.qdrant().external())));
    }
    if (Models.areOffered(cluster)) {
      rules.add(to("gateway", Models.PORT, Optional.empty()));
    }
    return rules;
  }

  private Optional<String> vectors() {
    if (!hasVectors()) {
      return Optional.empty();
    }
    var qdrant = cluster.getSpec().qdrant();
    if (qdrant.external() != null) {
      return Optional.of(qdrant.external().address());
    }
    var scheme = qdrant.tls().mode() == QdrantTlsMode.REQUIRED ? "https" : "http";
    return Optional.of("%s://%s:%d".formatted(scheme, host("qdrant"), QDRANT));
  }

  private boolean hasVectors() {
    return Features.isOn(cluster, "qdrant");
  }

  /** Whether PgBouncer keeps the servers' connections while the primary changes. */
  private boolean isPooled() {
    var postgres = cluster.getSpec().postgres();
    return postgres.pooler().enabled() && postgres.external() == null;
  }

  private static Optional<String> address(@Nullable ExternalService external) {
    return Optional.ofNullable(external).map(ExternalService::address);
  }

  /**
   * To the cluster's own pods, or elsewhere by the port alone: no selector finds what is elsewhere,
   * and its name may lead to other addresses any time.
   */
  private NetworkPolicyEgressRule to(String component, int port, Optional<String> elsewhere) {
    return elsewhere
        .map(address -> Egress.anywhere(Address.of(address, port).port()))
        .orElseGet(() -> Egress.to(Policies.pods(part(component).selector()), port));
  }

  private String host(String component) {
    var service = part(component).name();
    return "%s.%s.svc.%s"
        .formatted(service, cluster.getMetadata().getNamespace(), settings.clusterDomain());
  }

  private Part part(String component) {
    return new Part(name(), component);
  }

  private String name() {
    return cluster.getMetadata().getName();
  }
}
