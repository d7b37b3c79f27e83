package io.generalbots.operator.cluster.certificates;

import io.generalbots.operator.kernel.Facts;
import java.time.Duration;
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
 * @param now the time of this round
 */
record Handover(Served served, Offer offer, Instant now) {

  /** A kubelet looks after the mounted files of a pod every minute or so, and servers reload. */
  static final Duration SETTLING = Duration.ofMinutes(2);

  /** What is to be served next. */
  Served next(Facts facts) {
    if (!served.holds(now)) {
      return replaced(offer.fresh(facts));
    } else if (!served.trust().includes(offer.trust())) {
      return new Served(served.identity(), both(), stepped());
    } else if (isSettling()) {
      return served;
    } else if (!offer.isCurrent(served.identity(), now)) {
      return new Served(offer.fresh(facts), served.trust(), isAlone() ? served.since() : stepped());
    }
    return isAlone() ? served : new Served(served.identity(), offer.trust(), served.since());
  }

  /** When time alone asks for another look: a step, a renewal, an end. */
  Stream<Instant> looks() {
    var end = Stream.of(served.identity().validity().until()).filter(now::isBefore);
    return Stream.of(
            served.since().map(s -> s.plus(SETTLING)).filter(now::isBefore).stream(),
            offer.renewal(served.identity()).stream(),
            end)
        .flatMap(looks -> looks);
  }

  private Served replaced(Identity fresh) {
    var both = both();
    return new Served(fresh, both, both.equals(offer.trust()) ? Optional.empty() : stepped());
  }

  private Trust both() {
    return offer.trust().and(served.trust(), now);
  }

  private boolean isAlone() {
    return offer.trust().includes(served.trust());
  }

  private boolean isSettling() {
    return served.since().filter(s -> now.isBefore(s.plus(SETTLING))).isPresent();
  }

  private Optional<Instant> stepped() {
    return Optional.of(now.truncatedTo(ChronoUnit.SECONDS));
  }
}
