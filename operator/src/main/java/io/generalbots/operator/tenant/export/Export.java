package io.generalbots.operator.tenant.export;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.ExportStatus;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.residents.Carriers;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Residence;
import io.generalbots.operator.tenant.store.Doors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What writes all that a Tenant has into an archive, whenever somebody asks for one by name.
 *
 * @param residence where the Tenant lives
 */
public record Export(Residence residence) implements Component<Tenant> {

  private static final int LENGTH = 8;

  @Override
  public String name() {
    return Carriers.EXPORT;
  }

  /** The last turn stays until the next one comes: its log is what people read. */
  @Override
  public Plan plan(Tenant tenant, Facts facts) {
    var exports = new Exports(tenant, facts);
    if (exports.isEmpty()) {
      return new Plan.Hold("nobody asked for an export");
    }
    var wishes = new ArrayList<Wish>();
    wishes.add(new Wish.Managed(exports.ledger()));
    var carrier = carrier(tenant, facts);
    var next = exports.due().filter(name -> isOpen(carrier, tenant) && !isCarried(tenant, facts));
    next.flatMap(name -> carrier.listing()).ifPresent(wishes::add);
    next.or(exports::last)
        .ifPresent(
            name -> {
              carrier.surroundings(List.of()).forEach(wishes::add);
              wishes.add(new Wish.Once(job(carrier, name), false));
            });
    return new Plan.Apply(wishes);
  }

  /** It serves nobody: what becomes of exports is told in a list of its own. */
  @Override
  public Health health(Tenant tenant, Facts facts) {
    return Health.disabled();
  }

  /** The exports that are told, the last one first. */
  public List<ExportStatus> told(Tenant tenant, Facts facts) {
    var doors = carrier(tenant, facts).doors();
    return new Exports(tenant, facts)
        .told(
            doors.leadTo(Store.DRIVE)
                ? "it begins once every store lets the Tenant in, and its database does not move"
                : "there is no bucket to put it in: a Tenant has one for each of its bots");
  }

  private Carrier carrier(Tenant tenant, Facts facts) {
    var doors = Doors.to(residence, Store.DATABASE, Store.CACHE, Store.DRIVE);
    return new Carrier(
        Exports.part(tenant), doors, residence.lodging(tenant, facts).server(), facts);
  }

  /** While its database moves there are things in it that are not the Tenant's. */
  private boolean isCarried(Tenant tenant, Facts facts) {
    return residence.lodging(tenant, facts).next().isPresent();
  }

  private static boolean isOpen(Carrier carrier, Tenant tenant) {
    return carrier.doors().leadTo(Store.DRIVE) && carrier.doors().areOpen(tenant, carrier.facts());
  }

  private Job job(Carrier carrier, String name) {
    var meta =
        new ObjectMetaBuilder(carrier.part().meta(Digest.sha256(name).substring(0, LENGTH)))
            .withAnnotations(Map.of(Exports.ASK, name))
            .build();
    var told =
        Map.of("NAME", name, "TENANT", carrier.part().cluster(), "CLUSTER", residence.name());
    return carrier.job(meta, Programs.EXPORT, told, carrier.logins());
  }
}
