package io.generalbots.operator.cluster.certificates;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Kind;
import io.generalbots.operator.kernel.Plan;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The server certificates of a cluster, from whichever source the spec names. Servers always mount
 * the same Secrets, which only the operator writes: a change of source restarts nothing, and what a
 * source gives is judged before a server gets it.
 */
public final class Certificates implements Component<BotCluster> {

  /** The component's name. */
  public static final String NAME = "certificates";

  /** The kind by which cert-manager is asked. */
  public static final Kind CERT_MANAGER = CertManagerIssuer.CERTIFICATE;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Plan plan(BotCluster cluster, Facts facts) {
    var survey = Survey.of(cluster, facts);
    return survey.isStuck()
        ? new Plan.Hold(survey.trouble().map(Trouble::message).orElse(Reasons.ISSUING))
        : new Plan.Apply(survey.wishes());
  }

  @Override
  public Health health(BotCluster cluster, Facts facts) {
    var survey = Survey.of(cluster, facts);
    var trouble = survey.trouble();
    if (trouble.isPresent()) {
      return told(trouble.get(), survey.serves());
    } else if (survey.served().count() < survey.entries().size()) {
      return Health.waiting(Reasons.ISSUING, "certificates are being issued");
    }
    var expiry = expiry(survey).orElse(Instant.MAX);
    return expiry.isAfter(facts.now())
        ? valid(expiry, PublicCertificate.uncovered(cluster, facts))
        : Health.degraded(Reasons.EXPIRED, "a certificate expired at " + expiry);
  }

  /** When the first server certificate ends; empty until they are issued. */
  public static Optional<Instant> expiry(BotCluster cluster, Facts facts) {
    return expiry(Survey.of(cluster, facts));
  }

  /** When this component has to look again, without any event. */
  public static Optional<Instant> nextLook(BotCluster cluster, Facts facts) {
    return Survey.of(cluster, facts).looks().min(Comparator.naturalOrder());
  }

  /** The users' Secrets that the spec names. */
  public static Set<String> secrets(BotCluster cluster) {
    var spec = cluster.getSpec().certificates();
    return Stream.of(
            Optional.ofNullable(spec.caSecretName()),
            Optional.ofNullable(spec.serverSecretName()),
            PublicCertificate.secret(cluster))
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  /** The kinds of others that the spec needs. */
  public static Set<Kind> kinds(BotCluster cluster) {
    return cluster.getSpec().certificates().issuerRef() == null
            && !PublicCertificate.needsCertManager(cluster)
        ? Set.of()
        : Set.of(CERT_MANAGER);
  }

  /** Hosts of tenants without a certificate are the tenants' trouble, not the platform's. */
  private static Health valid(Instant expiry, List<String> uncovered) {
    var message = "every certificate is valid until " + expiry + " or longer";
    return uncovered.isEmpty()
        ? Health.ready(message)
        : new Health(
            Health.State.READY,
            Reasons.TENANT_HOSTS_NOT_COVERED,
            message
                + "; that of the gateway is not good for these hosts of tenants: "
                + String.join(", ", uncovered),
            Health.Instances.NONE);
  }

  private static Health told(Trouble trouble, boolean serves) {
    return serves
        ? Health.degraded(trouble.reason(), trouble.message())
        : Health.waiting(trouble.reason(), trouble.message());
  }

  private static Optional<Instant> expiry(Survey survey) {
    return survey.served().map(s -> s.identity().validity().until()).min(Comparator.naturalOrder());
  }
}
