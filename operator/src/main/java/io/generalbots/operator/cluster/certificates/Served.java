package io.generalbots.operator.cluster.certificates;

import java.time.Instant;
import java.util.Optional;

/**
 * What is in the Secret that servers mount.
 *
 * @param identity what they show
 * @param trust whom clients among them trust
 * @param since when a change of authorities last went a step on
 */
record Served(Identity identity, Trust trust, Optional<Instant> since) {

  /** Whether clients that trust what is published, if anything is, accept what is shown. */
  boolean holds(Instant now) {
    return trust.isEmpty() ? identity.validity().includes(now) : trust.vouchesFor(identity, now);
  }
}
