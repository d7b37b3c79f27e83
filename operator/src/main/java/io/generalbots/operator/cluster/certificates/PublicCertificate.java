package io.generalbots.operator.cluster.certificates;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.gateway.Gateway;
import io.generalbots.operator.cluster.gateway.PublicHosts;
import io.generalbots.operator.cluster.gateway.TenantHosts;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the gateway shows to the world, from a source of its own where the spec names one.
 *
 * @param facts what is known
 * @param name the user's Secret that holds it
 */
record PublicCertificate(Facts facts, String name) implements Source {

  /** As many names as public authorities put into one certificate. */
  private static final int MOST_NAMES = 100;

  /** The request for it, if the gateway needs one; what a tenant names refuses no certificate. */
  static Optional<ServerCertificate> request(BotCluster cluster, Facts facts) {
    var spec = cluster.getSpec().certificates();
    var name = cluster.getMetadata().getName();
    var hosts = PublicHosts.of(cluster).all();
    return Optional.of(
            new ServerCertificate(
                new Part(name, Certificates.NAME),
                new Part(name, Gateway.NAME).name(Gateway.CERTIFICATE),
                Stream.concat(hosts.stream(), tenants(cluster, facts)).toList(),
                hosts,
                Duration.ofDays(spec.lifetimeDays()),
                Duration.ofDays(spec.renewBeforeDays()),
                true))
        .filter(r -> PublicHosts.needCertificate(cluster));
  }

  /** The hosts of tenants that the one shown now is not good for. */
  static List<String> uncovered(BotCluster cluster, Facts facts) {
    return request(cluster, facts)
        .flatMap(request -> request.served(facts))
        .map(s -> X509.missing(s.identity().certificate(), TenantHosts.names(cluster, facts)))
        .orElse(List.of());
  }

  /**
   * The hosts of tenants that it is asked for. Where somebody else has to prove each name, one that
   * cannot be proven would keep the platform from its next certificate: only names below the
   * platform's own domain are asked for there.
   */
  private static Stream<String> tenants(BotCluster cluster, Facts facts) {
    var names = TenantHosts.names(cluster, facts).stream();
    var domain = "." + cluster.getSpec().domain();
    var platform = PublicHosts.of(cluster).all().size();
    return isProvenElsewhere(cluster)
        ? names.filter(n -> n.endsWith(domain)).limit(MOST_NAMES - platform)
        : names;
  }

  private static boolean isProvenElsewhere(BotCluster cluster) {
    var tls = cluster.getSpec().gateway().tls();
    return tls.issuerRef() != null
        || (tls.secretName() == null && cluster.getSpec().certificates().issuerRef() != null);
  }

  /** Where it comes from; from where all others do if the spec names nothing else. */
  static Optional<Source> source(BotCluster cluster, Facts facts) {
    var tls = cluster.getSpec().gateway().tls();
    if (tls.issuerRef() != null) {
      return Optional.of(
          new CertManagerIssuer(cluster, facts, tls.issuerRef(), "spec.gateway.tls.issuerRef"));
    }
    return Optional.ofNullable(tls.secretName()).map(name -> new PublicCertificate(facts, name));
  }

  /** The user's Secret for it. */
  static Optional<String> secret(BotCluster cluster) {
    return Optional.ofNullable(cluster.getSpec().gateway().tls().secretName())
        .filter(name -> PublicHosts.needCertificate(cluster));
  }

  /** Whether cert-manager is asked for it. */
  static boolean needsCertManager(BotCluster cluster) {
    return cluster.getSpec().gateway().tls().issuerRef() != null
        && PublicHosts.needCertificate(cluster);
  }

  @Override
  public List<Wish> wishes(List<ServerCertificate> requests) {
    return List.of();
  }

  @Override
  public Answer answer(ServerCertificate request) {
    try {
      return ForeignSecret.named(name, "spec.gateway.tls.secretName", facts)
          .serving(request, facts.now());
    } catch (Unusable e) {
      return e.trouble();
    }
  }
}
