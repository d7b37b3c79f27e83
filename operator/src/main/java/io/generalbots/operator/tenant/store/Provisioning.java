package io.generalbots.operator.tenant.store;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Residence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/**
 * A store of a Tenant: first it is made to work, then it is published. What was published is the
 * memory of what works, so that a Tenant of which nothing changes costs no call.
 *
 * @param residence where the Tenant lives
 * @param holding what it has in the store
 */
public record Provisioning(Residence residence, Holding holding) implements Component<Tenant> {

  @Override
  public String name() {
    return store().component();
  }

  @Override
  public Plan plan(Tenant tenant, Facts facts) {
    if (!store().isServedBy(residence.cluster())) {
      return new Plan.Absent();
    }
    return Keyring.of(tenant, facts)
        .map(this::plan)
        .orElseGet(() -> new Plan.Hold("the credentials are being made"));
  }

  @Override
  public Health health(Tenant tenant, Facts facts) {
    if (!store().isServedBy(residence.cluster())) {
      return Health.disabled();
    }
    return Keyring.of(tenant, facts)
        .map(this::health)
        .orElseGet(() -> Health.waiting("Provisioning", "the credentials are being made"));
  }

  /** When something is due without any event. */
  public Optional<Instant> nextLook(Tenant tenant, Facts facts) {
    return Keyring.of(tenant, facts)
        .filter(ring -> store().isServedBy(residence.cluster()))
        .flatMap(holding::nextLook);
  }

  private Plan plan(Keyring ring) {
    var secret = secret(ring);
    if (secret.isEmpty() || silence().isPresent()) {
      return new Plan.Hold("the BotCluster has no " + name() + " yet");
    }
    var wishes = new ArrayList<Wish>();
    if (!isProvisioned(ring)) {
      holding.steps(ring).stream().map(Wish.External::new).forEach(wishes::add);
    }
    wishes.add(new Wish.Managed(secret.get()));
    return new Plan.Apply(wishes);
  }

  private Health health(Keyring ring) {
    var silence = silence();
    if (silence.isPresent()) {
      return Health.waiting("StoreNotReady", silence.get());
    } else if (holding.closure().isPresent()) {
      return holding.closure().map(o -> Health.degraded(o.reason(), o.message())).orElseThrow();
    } else if (isProvisioned(ring)) {
      return Health.ready(holding.words());
    } else if (ring.publication(store()).isFor(holding.provision(ring))) {
      return Health.ready(holding.words() + "; its logins are being replaced");
    }
    return Health.waiting("Provisioning", "it is being made: " + holding.words());
  }

  private Store store() {
    return holding.store();
  }

  private Optional<String> silence() {
    return Optional.of(
            "no instance of %s of BotCluster %s is ready: see its status"
                .formatted(name(), residence.name()))
        .filter(why -> !residence.runs(name()))
        .or(holding::silence);
  }

  private boolean isProvisioned(Keyring ring) {
    return ring.publication(store()).isOf(holding.provision(ring));
  }

  private Optional<Secret> secret(Keyring ring) {
    var meta =
        ring.publication(store())
            .meta(ring.newest(store()), holding.provision(ring), ring.facts().now());
    return holding.secret(meta, ring);
  }
}
