package io.generalbots.operator.cluster.certificates;

import io.generalbots.operator.kernel.Facts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The way from what is served to what is offered. A new authority is first trusted beside the
 * former, then used, then trusted alone: at no moment does a pod meet one that it does not trust,
 * whichever of them has read its files already.
 *
 * @param served what is served now
 * @param offer what should be
 * @param facts what is known, and how long a step takes to reach every pod
 */
record Handover(Served served, Offer offer, Facts facts) {

  /** What is to be served next. */
  Served next() {
    if (!served.holds(now())) {
      return replaced(offer.fresh(facts));
    } else if (!served.trust().includes(offer.trust())) {
      return new Served(served.identity(), both(), stepped());
    } else if (isSettling()) {
      return served;
    } else if (!offer.isCurrent(served.identity(), now())) {
      return new Served(offer.fresh(facts), served.trust(), isAlone() ? served.since() : stepped());
    }
    return isAlone() ? served : new Served(served.identity(), offer.trust(), served.since());
  }

  /** When time alone asks for another look: a step, a renewal, an end. */
  Stream<Instant> looks() {
    var end = Stream.of(served.identity().validity().until()).filter(now()::isBefore);
    return Stream.of(
            settled().filter(now()::isBefore).stream(),
            offer.renewal(served.identity()).stream(),
            end)
        .flatMap(looks -> looks);
  }

  private Instant now() {
    return facts.now();
  }

  private Served replaced(Identity fresh) {
    var both = both();
    return new Served(fresh, both, both.equals(offer.trust()) ? Optional.empty() : stepped());
  }

  private Trust both() {
    return offer.trust().and(served.trust(), now());
  }

  private boolean isAlone() {
    return offer.trust().includes(served.trust());
  }

  private boolean isSettling() {
    return settled().filter(now()::isBefore).isPresent();
  }

  /** When the last step has reached everybody. */
  private Optional<Instant> settled() {
    return served.since().map(s -> s.plus(facts.settings().mounting()));
  }

  private Optional<Instant> stepped() {
    return Optional.of(now().truncatedTo(ChronoUnit.SECONDS));
  }
}
