package io.generalbots.operator.cluster.certificates;

import io.generalbots.operator.kernel.Facts;
import java.time.Instant;
import java.util.Optional;

/** A certificate that a server may have. */
sealed interface Offer extends Answer {

  /** The authorities by which clients know it. */
  Trust trust();

  /** Whether what is served needs no replacement. */
  boolean isCurrent(Identity served, Instant now);

  /** What replaces it. */
  Identity fresh(Facts facts);

  /** When what is served has to be replaced, if time alone brings that about. */
  Optional<Instant> renewal(Identity served);

  /** Made by somebody else, who also renews it. */
  record Given(Trust trust, Identity identity) implements Offer {

    @Override
    public boolean isCurrent(Identity served, Instant now) {
      return served.chain().equals(identity.chain()) && served.key().equals(identity.key());
    }

    @Override
    public Identity fresh(Facts facts) {
      return identity;
    }

    @Override
    public Optional<Instant> renewal(Identity served) {
      return Optional.empty();
    }
  }

  /** Signed on request by an authority whose key is at hand. */
  record Signed(ServerCertificate request, Authority authority) implements Offer {

    @Override
    public Trust trust() {
      return authority.trust();
    }

    @Override
    public boolean isCurrent(Identity served, Instant now) {
      return authority.signer().signed(served)
          && served.covers(request.names())
          && !served.validity().exceeds(request.lifetime())
          && renewal(served).filter(due -> !now.isBefore(due)).isEmpty();
    }

    @Override
    public Identity fresh(Facts facts) {
      var wished = Validity.starting(facts.now(), request.lifetime());
      var validity = wished.within(authority.signer().validity());
      return authority.signer().issue(request.names(), validity, facts.entropy());
    }

    /** Never if the authority itself ends no later: a new certificate would not hold for longer. */
    @Override
    public Optional<Instant> renewal(Identity served) {
      var end = served.validity().until();
      return authority.signer().validity().until().isAfter(end)
          ? Optional.of(served.validity().renewAt(request.renewBefore()))
          : Optional.empty();
    }
  }
}
