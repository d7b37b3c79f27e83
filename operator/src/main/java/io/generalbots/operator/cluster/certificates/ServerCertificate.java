package io.generalbots.operator.cluster.certificates;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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

  /** One that the spec's lifetimes apply to. */
  static ServerCertificate request(
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
