package io.generalbots.operator.cluster.certificates;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server certificate that should exist.
 *
 * @param part the component that owns it
 * @param secretName where it is kept
 * @param names the DNS names it is good for
 * @param lifetime how long it is valid
 * @param renewBefore how long before its end it is renewed
 */
record ServerCertificate(
    Part part, String secretName, List<String> names, Duration lifetime, Duration renewBefore) {

  private static final String CERTIFICATE = "tls.crt";
  private static final String KEY = "tls.key";

  ServerCertificate {
    names = List.copyOf(names);
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
    return List.of(
        request(cluster, name + "-server", database.all()),
        request(cluster, name + "-valkey-server", cache.all()));
  }

  /** How long before its end a certificate of this cluster is renewed. */
  static Duration renewBefore(BotCluster cluster) {
    return Duration.ofDays(cluster.getSpec().certificates().renewBeforeDays());
  }

  /** The identity that was issued, if it is still readable. */
  Optional<Identity> issued(Facts facts) {
    return facts
        .find(Secret.class, secretName)
        .flatMap(s -> Identity.parse(Secrets.text(s, CERTIFICATE), Secrets.text(s, KEY)));
  }

  /** A Secret with a new identity. */
  Secret issue(Identity authority, Facts facts) {
    var validity = Validity.starting(facts.now(), lifetime);
    return secret(authority.issue(names, validity, facts.entropy()), authority);
  }

  /** The Secret that holds this identity. */
  Secret secret(Identity identity, Identity authority) {
    return Secrets.tls(
        part.named(secretName),
        Map.of(
            CERTIFICATE,
            identity.certificatePem(),
            KEY,
            identity.keyPem(),
            AuthoritySecret.CERTIFICATE,
            authority.certificatePem()));
  }

  private static ServerCertificate request(
      BotCluster cluster, String secretName, Stream<String> names) {
    return new ServerCertificate(
        new Part(cluster.getMetadata().getName(), Certificates.NAME),
        secretName,
        names.toList(),
        Duration.ofDays(cluster.getSpec().certificates().lifetimeDays()),
        renewBefore(cluster));
  }
}
