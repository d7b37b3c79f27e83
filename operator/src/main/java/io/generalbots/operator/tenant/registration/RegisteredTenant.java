package io.generalbots.operator.tenant.registration;

import io.fabric8.kubernetes.api.model.Quantity;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.shared.Isolation;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.residents.Allowance;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.tenant.botserver.OwnServers;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.export.Progress;
import io.generalbots.operator.tenant.limits.Limits;
import io.generalbots.operator.tenant.place.Admission;
import io.generalbots.operator.tenant.place.Lodging;
import io.generalbots.operator.tenant.place.Neighbourhood;
import io.generalbots.operator.tenant.place.Residence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The registration of a Tenant beside its BotCluster.
 *
 * @param residence where the Tenant lives
 * @param home what is known of the Tenant's own namespace, where its credentials are
 * @param ready whether every store lets the Tenant in
 * @param limits how much it may have in each
 */
public record RegisteredTenant(Residence residence, Facts home, boolean ready, Limits limits)
    implements Component<Tenant> {

  @Override
  public String name() {
    return Registration.COMPONENT;
  }

  @Override
  public Plan plan(Tenant tenant, Facts facts) {
    if (Admission.wantsCell(tenant)) {
      return Plan.apply(managed(registration(tenant, Logins.NONE).inCell()));
    }
    return Keyring.of(tenant, home)
        .map(ring -> plan(tenant, registration(tenant, Logins.of(ring, residence.cluster()))))
        .orElseGet(() -> new Plan.Hold("the credentials are being made"));
  }

  @Override
  public Health health(Tenant tenant, Facts facts) {
    return residence.near().registered(tenant).isEmpty()
        ? Health.waiting("Provisioning", "the BotCluster has yet to be told of it")
        : Health.ready("the BotCluster knows it");
  }

  /**
   * Of a Tenant that lost its place, as one does whose namespace is admitted no longer: what the
   * BotCluster was told stays, but that it is ready.
   */
  public static Map<String, Plan> withoutPlace(Tenant tenant, Neighbourhood near) {
    var cluster = tenant.getSpec().clusterRef().name();
    var wishes =
        near.registered(tenant).stream()
            .filter(secret -> secret.getMetadata().getDeletionTimestamp() == null)
            .flatMap(secret -> Registration.of(secret).stream())
            .<Wish>map(r -> new Wish.Managed(r.secret(cluster, false)))
            .toList();
    return wishes.isEmpty() ? Map.of() : Map.of(Registration.COMPONENT, new Plan.Apply(wishes));
  }

  /** What is known to be its own is told at once, the buckets that are new to it once they are. */
  private Plan plan(Tenant tenant, Registration whole) {
    var claim = new BucketClaim(residence, tenant);
    var known = whole.withBots(claim.known(whole.bots()));
    var step = claim.step(whole.bots());
    var wishes = new ArrayList<Wish>();
    if (!claim.inherits() && (step.isEmpty() || !isTold(tenant, known))) {
      wishes.add(managed(known));
    }
    if (step.isPresent()) {
      wishes.add(new Wish.External(step.get()));
      wishes.add(managed(whole));
    }
    return wishes.isEmpty()
        ? new Plan.Hold("the buckets of the Tenant before it are to be handed over first")
        : new Plan.Apply(wishes);
  }

  private Wish managed(Registration registration) {
    return new Wish.Managed(registration.secret(residence.name(), ready));
  }

  private boolean isTold(Tenant tenant, Registration known) {
    return residence.near().registered(tenant).stream().anyMatch(s -> known.isIn(s, ready));
  }

  /** Poolers are told of a way to its database that they do not go yet. */
  private Registration registration(Tenant tenant, Logins logins) {
    return new Registration(
        tenant.getMetadata().getName(),
        tenant.getMetadata().getNamespace(),
        tenant.getMetadata().getUid(),
        hosts(tenant),
        residence.verdict().bots(),
        tenant.getSpec().suspend(),
        allowance(tenant),
        logins.cache(),
        logins.drive(),
        logins.rooms(),
        logins.vectors(),
        OwnServers.isWanted(tenant),
        false,
        Admission.isolation(tenant) == Isolation.SCHEMA,
        limits.restraints(),
        lodging(tenant).registered(),
        lodging(tenant).next().orElse(""));
  }

  private Lodging lodging(Tenant tenant) {
    return residence.lodging(tenant, home);
  }

  /** Nobody is led to a Tenant that is not yet what it begins with. */
  private List<String> hosts(Tenant tenant) {
    return Progress.isPending(tenant, home) ? List.of() : residence.verdict().hosts();
  }

  private static Allowance allowance(Tenant tenant) {
    var limits = tenant.getSpec().limits();
    return new Allowance(
        bytes(limits.cacheMemory()),
        bytes(limits.bucketSize()),
        limits.vectors(),
        limits.requestsPerMinute());
  }

  private static long bytes(Quantity quantity) {
    return Quantity.getAmountInBytes(quantity).longValue();
  }
}
