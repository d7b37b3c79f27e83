package io.generalbots.operator.cluster.certificates;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The cluster's certificate authority and the server certificates it signs. */
public final class Certificates implements Component<BotCluster> {

  /** The component's name. */
  public static final String NAME = "certificates";

  private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Plan plan(BotCluster cluster, Facts facts) {
    var authority = authority(cluster, facts);
    if (authority.isEmpty()) {
      return Plan.apply(createAuthority(cluster, facts));
    }
    var wishes = new ArrayList<Wish>();
    wishes.add(keepAuthority(cluster, facts, authority.get()));
    for (var request : ServerCertificate.requests(cluster, facts.settings())) {
      wishes.add(new Wish.Managed(current(request, authority.get(), facts)));
    }
    return new Plan.Apply(wishes);
  }

  @Override
  public Health health(BotCluster cluster, Facts facts) {
    var requests = ServerCertificate.requests(cluster, facts.settings());
    var issued = requests.stream().flatMap(r -> r.issued(facts).stream()).toList();
    if (authority(cluster, facts).isEmpty() || issued.size() < requests.size()) {
      return Health.waiting("Issuing", "certificates are being issued");
    }
    var expiry = expiry(issued);
    return expiry.isAfter(facts.now())
        ? Health.ready("every certificate is valid until " + expiry + " or longer")
        : Health.degraded("Expired", "a certificate expired at " + expiry);
  }

  /** When the first server certificate ends; empty until they are issued. */
  public static Optional<Instant> expiry(BotCluster cluster, Facts facts) {
    return ServerCertificate.requests(cluster, facts.settings()).stream()
        .flatMap(r -> r.issued(facts).stream())
        .map(i -> i.validity().until())
        .min(Comparator.naturalOrder());
  }

  /** When this component has to look again, without any event: the next renewal. */
  public static Optional<Instant> renewal(BotCluster cluster, Facts facts) {
    return ServerCertificate.requests(cluster, facts.settings()).stream()
        .flatMap(r -> r.issued(facts).stream())
        .map(i -> i.validity().renewAt(ServerCertificate.renewBefore(cluster)))
        .min(Comparator.naturalOrder());
  }

  private static Secret current(ServerCertificate request, Identity authority, Facts facts) {
    var lead = request.renewBefore();
    return request
        .issued(facts)
        .filter(i -> authority.signed(i.certificate()))
        .filter(i -> i.covers(request.names()))
        .filter(i -> !i.validity().isDue(facts.now(), lead))
        .map(i -> request.secret(i, authority))
        .orElseGet(() -> request.issue(authority, facts));
  }

  private static Optional<Identity> authority(BotCluster cluster, Facts facts) {
    return facts
        .find(Secret.class, AuthoritySecret.name(cluster))
        .flatMap(AuthoritySecret::identity);
  }

  private static Wish createAuthority(BotCluster cluster, Facts facts) {
    var validity = Validity.starting(facts.now(), AUTHORITY_LIFETIME);
    var commonName = cluster.getMetadata().getName() + " certificate authority";
    var identity = Identity.authority(commonName, validity, facts.entropy());
    return new Wish.Once(AuthoritySecret.of(cluster, identity), retained(cluster));
  }

  /** An authority near its end is prolonged with its key, so that what it signed stays valid. */
  private static Wish keepAuthority(BotCluster cluster, Facts facts, Identity authority) {
    var margin = AUTHORITY_LIFETIME.dividedBy(3);
    if (!authority.validity().isDue(facts.now(), margin)) {
      return new Wish.Once(AuthoritySecret.of(cluster, authority), retained(cluster));
    }
    var validity = Validity.starting(facts.now(), AUTHORITY_LIFETIME);
    var prolonged = authority.prolonged(validity, facts.entropy());
    return new Wish.Kept(AuthoritySecret.of(cluster, prolonged));
  }

  private static boolean retained(BotCluster cluster) {
    return cluster.getSpec().reclaimPolicy() == ReclaimPolicy.RETAIN;
  }

  private static Instant expiry(List<Identity> issued) {
    return issued.stream()
        .map(i -> i.validity().until())
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }
}
