package io.generalbots.operator.tenant.botserver;

import io.generalbots.operator.cluster.botserver.Obstacle;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.export.Progress;
import io.generalbots.operator.tenant.place.Residence;
import io.generalbots.operator.tenant.store.Holding;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What has to be true before a bot server of a Tenant is started or changed: where it cannot read
 * the vault it goes on with settings of localhost.
 *
 * @param residence where the Tenant lives
 * @param holdings what it has in the stores
 * @param ring its logins
 */
record Gate(Residence residence, List<Holding> holdings, Keyring ring) {

  /** The first thing that is in the way. While logins are replaced, all wait for the last. */
  Optional<Obstacle> obstacle() {
    return notShared().or(this::importing).or(() -> waiting(h -> isProvisioned(h, true)));
  }

  /** What people are told is in the way; that logins are being replaced hurts none that run. */
  Optional<Obstacle> trouble(boolean running) {
    return notShared().or(this::importing).or(() -> waiting(h -> isProvisioned(h, !running)));
  }

  private Optional<Obstacle> notShared() {
    return Arrays.stream(Store.values())
        .filter(store -> store.isNeeded() && !store.isServedBy(residence.cluster()))
        .findFirst()
        .map(
            store ->
                new Obstacle(
                    "StoreNotShared",
                    "bot servers of a Tenant's own need a %s that BotCluster %s runs itself"
                            .formatted(store.component(), residence.name())
                        + " and shares: set botserver.enabled to false"));
  }

  /** A bot server would fill the database that has to be empty. */
  private Optional<Obstacle> importing() {
    return Optional.of(
            new Obstacle("Importing", "bot servers wait for the export to be brought in"))
        .filter(o -> Progress.isPending(ring.tenant(), ring.facts()));
  }

  private Optional<Obstacle> waiting(Predicate<Holding> isThere) {
    return holdings.stream()
        .filter(holding -> holding.store().isNeeded())
        .filter(isThere.negate())
        .findFirst()
        .map(
            holding ->
                new Obstacle(
                    "WaitingForStores",
                    "bot servers wait for "
                        + holding.store().component()
                        + ": "
                        + holding.words()));
  }

  private boolean isProvisioned(Holding holding, boolean withLogins) {
    var publication = ring.publication(holding.store());
    var provision = holding.provision(ring);
    return withLogins
        ? ring.isPublished(holding.store()) && publication.isOf(provision)
        : publication.isFor(provision);
  }
}
