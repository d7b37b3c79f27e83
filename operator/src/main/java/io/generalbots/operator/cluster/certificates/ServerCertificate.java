package io.generalbots.operator.cluster.certificates;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.QdrantTlsMode;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server certificate that should exist.
 *
 * @param part the component that owns it
 * @param secretName where servers find it
 * @param names the DNS names it is good for
 * @param used those of the names that servers and published addresses use, at the least
 * @param lifetime how long it is valid
 * @param renewBefore how long before its end it is renewed
 * @param isPublic whether it is shown to strangers, who trust whom they like
 */
record ServerCertificate(
    Part part,
    String secretName,
    List<String> names,
    List<String> used,
    Duration lifetime,
    Duration renewBefore,
    boolean isPublic) {

  /** When a change of authorities last went a step on. */
  private static final String SINCE = "generalbots.io/trust-changed-at";

  ServerCertificate {
    names = List.copyOf(names);
    used = List.copyOf(used);
  }

  /** All server certificates of a cluster: one for PostgreSQL and its pooler, one for Valkey. */
  static List<ServerCertificate> requests(BotCluster cluster, Settings settings) {
    var name = cluster.getMetadata().getName();
    var dns = new DnsNames(cluster.getMetadata().getNamespace(), settings.clusterDomain());
    var database =
        dns.of(name + "-postgres", name + "-postgres-rw", name + "-postgres-ro")
            .and(name + "-postgres-r", name + "-pooler")
            .withPods(name + "-postgres");
    var cache =
        dns.of(name + "-valkey", name + "-valkey-ro")
            .withPods(name + "-valkey-headless", name + "-valkey-sentinel");
    var address = dns.of(name + "-valkey").all().toList().get(DnsNames.FORMS - 1);
    var requests =
        new ArrayList<>(
            List.of(
                request(
                    cluster, "server", database, List.of(name + "-postgres-rw", name + "-pooler")),
                request(cluster, "valkey-server", cache, List.of(address))));
    vectors(cluster, dns).ifPresent(requests::add);
    return requests;
  }

  /** Only where Qdrant encrypts: its peers show it to each other as well. */
  private static Optional<ServerCertificate> vectors(BotCluster cluster, DnsNames dns) {
    var spec = cluster.getSpec().qdrant();
    var name = cluster.getMetadata().getName() + "-qdrant";
    var names = dns.of(name).withPods(name + "-headless");
    var peers = names.all().filter(n -> n.startsWith("*.")).toList().get(DnsNames.FORMS - 1);
    var address = dns.of(name).all().toList().get(DnsNames.FORMS - 1);
    return Features.isOn(cluster, "qdrant")
            && spec.external() == null
            && spec.tls().mode() == QdrantTlsMode.REQUIRED
        ? Optional.of(request(cluster, "qdrant-server", names, List.of(address, peers)))
        : Optional.empty();
  }

  /** What servers mount now, if it is readable. */
  Optional<Served> served(Facts facts) {
    return facts.find(Secret.class, secretName).flatMap(this::read);
  }

  /** The Secret that holds this. */
  Secret secret(Served served) {
    var secret =
        Secrets.tls(
            part.named(secretName),
            Map.of(
                CertificateKeys.CERTIFICATE,
                served.identity().certificatePem(),
                CertificateKeys.KEY,
                served.identity().keyPem(),
                CertificateKeys.AUTHORITY,
                served.trust().pem()));
    served.since().ifPresent(s -> secret.getMetadata().setAnnotations(Map.of(SINCE, s.toString())));
    return secret;
  }

  private Optional<Served> read(Secret secret) {
    try {
      var trust = Trust.parse(Secrets.text(secret, CertificateKeys.AUTHORITY));
      return Identity.read(
              Secrets.text(secret, CertificateKeys.CERTIFICATE),
              Secrets.text(secret, CertificateKeys.KEY))
          .filter(identity -> isPublic || !trust.isEmpty())
          .map(identity -> new Served(identity, trust, since(secret)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** One that is no time is none: the step it was part of is then over. */
  private static Optional<Instant> since(Secret secret) {
    try {
      return Optional.ofNullable(Objects.annotations(secret).get(SINCE)).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static ServerCertificate request(
      BotCluster cluster, String suffix, DnsNames names, List<String> used) {
    var name = cluster.getMetadata().getName();
    var spec = cluster.getSpec().certificates();
    return new ServerCertificate(
        new Part(name, Certificates.NAME),
        name + "-" + suffix,
        names.all().toList(),
        used,
        Duration.ofDays(spec.lifetimeDays()),
        Duration.ofDays(spec.renewBeforeDays()),
        false);
  }
}
