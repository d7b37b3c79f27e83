package io.generalbots.operator.cluster.certificates;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.QdrantTlsMode;
import io.generalbots.api.v1alpha1.cluster.ServiceMode;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.kernel.Settings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The server certificates of a cluster: one for PostgreSQL and its pooler, and one for every other
 * store that encrypts.
 *
 * @param cluster whose servers they are for
 * @param dns the names of its namespace
 */
record Requests(BotCluster cluster, DnsNames dns) {

  /** All of them. */
  static List<ServerCertificate> of(BotCluster cluster, Settings settings) {
    var namespace = cluster.getMetadata().getNamespace();
    var requests = new Requests(cluster, new DnsNames(namespace, settings.clusterDomain()));
    return Stream.of(
            Optional.of(requests.databases()),
            requests.cache(),
            requests.vault(),
            requests.drive(),
            requests.vectors())
        .flatMap(Optional::stream)
        .toList();
  }

  private ServerCertificate databases() {
    var names =
        dns.of(name("postgres"), name("postgres-rw"), name("postgres-ro"))
            .and(name("postgres-r"), name("pooler"))
            .withPods(name("postgres"));
    return request("server", names, List.of(name("postgres-rw"), name("pooler")));
  }

  private Optional<ServerCertificate> cache() {
    var names =
        dns.of(name("valkey"), name("valkey-ro"))
            .withPods(name("valkey-headless"), name("valkey-sentinel"));
    return cluster.getSpec().valkey().external() == null
        ? Optional.of(request("valkey-server", names, List.of(qualified(name("valkey")))))
        : Optional.empty();
  }

  private Optional<ServerCertificate> vault() {
    var names = dns.of(name("vault")).withPods(name("vault-headless"));
    var address = names.all().toList().get(DnsNames.SERVICE);
    return Features.isOn(cluster, "vault")
            && cluster.getSpec().vault().mode() != ServiceMode.EXTERNAL
        ? Optional.of(request("vault-server", names, List.of(address)))
        : Optional.empty();
  }

  /** One for all roles of the object store; clients reach the gateways only. */
  private Optional<ServerCertificate> drive() {
    var store = name("seaweedfs");
    var names = dns.of(name("s3")).withPods(store + "-master", store + "-volume", store + "-filer");
    return Features.isOn(cluster, "seaweedfs") && cluster.getSpec().seaweedfs().external() == null
        ? Optional.of(request("seaweedfs-server", names, List.of(qualified(name("s3")))))
        : Optional.empty();
  }

  /** Only where Qdrant encrypts: its peers show it to each other as well. */
  private Optional<ServerCertificate> vectors() {
    var spec = cluster.getSpec().qdrant();
    var names = dns.of(name("qdrant")).withPods(name("qdrant-headless"));
    var peers = names.all().filter(n -> n.startsWith("*.")).toList().get(DnsNames.FORMS - 1);
    return Features.isOn(cluster, "qdrant")
            && spec.external() == null
            && spec.tls().mode() == QdrantTlsMode.REQUIRED
        ? Optional.of(request("qdrant-server", names, List.of(qualified(name("qdrant")), peers)))
        : Optional.empty();
  }

  private ServerCertificate request(String suffix, DnsNames names, List<String> used) {
    return ServerCertificate.request(cluster, suffix, names, used);
  }

  private String qualified(String service) {
    return dns.of(service).all().toList().get(DnsNames.FORMS - 1);
  }

  private String name(String suffix) {
    return cluster.getMetadata().getName() + "-" + suffix;
  }
}
