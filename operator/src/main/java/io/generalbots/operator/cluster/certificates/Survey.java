package io.generalbots.operator.cluster.certificates;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All certificates of a cluster as they are and as they should be, read once a round.
 *
 * @param sources where they come from
 * @param entries one for each server certificate
 * @param facts what is known
 */
record Survey(Sources sources, List<Entry> entries, Facts facts) {

  /** How long until it is looked again for cert-manager. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /**
   * A server certificate.
   *
   * @param request what is asked for
   * @param served what servers have, if anything
   * @param answer what the source says
   */
  record Entry(ServerCertificate request, Optional<Served> served, Answer answer) {}

  static Survey of(BotCluster cluster, Facts facts) {
    return facts.findings().of(Survey.class, () -> look(cluster, facts));
  }

  private static Survey look(BotCluster cluster, Facts facts) {
    var sources = Sources.of(cluster, facts);
    var requests = Requests.of(cluster, facts.settings());
    var entries =
        Stream.concat(requests.stream(), PublicCertificate.request(cluster, facts).stream())
            .map(r -> new Entry(r, r.served(facts), sources.answer(r)))
            .toList();
    return new Survey(sources, entries, facts);
  }

  /** Everything that should exist. */
  List<Wish> wishes() {
    var requests = entries.stream().map(Entry::request).toList();
    var secrets = entries.stream().flatMap(this::secret);
    return Stream.concat(sources.wishes(requests).stream(), secrets).toList();
  }

  /** Whether no source gives anything, nor anything is on the way. */
  boolean isStuck() {
    var requests = entries.stream().map(Entry::request).toList();
    return entries.stream().allMatch(e -> e.answer() instanceof Trouble)
        && sources.wishes(requests).isEmpty();
  }

  Optional<Trouble> trouble() {
    return entries.stream()
        .map(Entry::answer)
        .filter(Trouble.class::isInstance)
        .map(Trouble.class::cast)
        .findFirst();
  }

  Stream<Served> served() {
    return entries.stream().flatMap(e -> e.served().stream());
  }

  /** Whether every server has a certificate that its clients accept. */
  boolean serves() {
    return entries.stream().allMatch(e -> e.served().filter(s -> s.holds(facts.now())).isPresent());
  }

  /** When time alone asks for another look. */
  Stream<Instant> looks() {
    return entries.stream().flatMap(this::looks);
  }

  /** Nothing tells that cert-manager was installed: its definitions are not ours to watch. */
  private Stream<Instant> looks(Entry entry) {
    var now = facts.now();
    if (entry.answer() instanceof Offer offer) {
      return entry.served().stream().flatMap(s -> new Handover(s, offer, facts).looks());
    }
    return entry.answer() instanceof Trouble trouble
            && Reasons.CERT_MANAGER_MISSING.equals(trouble.reason())
        ? Stream.of(now.plus(PATIENCE))
        : Stream.of();
  }

  /** What cannot be replaced stays as it is. */
  private Stream<Wish> secret(Entry entry) {
    var next =
        entry.answer() instanceof Offer offer
            ? Optional.of(next(entry.served(), offer))
            : entry.served();
    return next.map(s -> (Wish) new Wish.Managed(entry.request().secret(s))).stream();
  }

  private Served next(Optional<Served> served, Offer offer) {
    return served
        .map(s -> new Handover(s, offer, facts).next())
        .orElseGet(() -> new Served(offer.fresh(facts), offer.trust(), Optional.empty()));
  }
}
