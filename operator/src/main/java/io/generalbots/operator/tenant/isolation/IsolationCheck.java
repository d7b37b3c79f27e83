package io.generalbots.operator.tenant.isolation;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.cluster.botserver.Ways;
import io.generalbots.operator.cluster.gateway.RoomKeys;
import io.generalbots.operator.cluster.gateway.VectorKeys;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Access;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Residence;
import io.generalbots.operator.tenant.store.Doors;
import java.time.Instant;
import java.util.List;

/**
 * What tries now and then, with a Tenant's own logins, whether its stores keep it to itself.
 *
 * @param residence where the Tenant lives
 */
public record IsolationCheck(Residence residence) implements Component<Tenant> {

  static final String COMPONENT = "isolation";

  static Part part(Tenant tenant) {
    return Part.ofTenant(tenant.getMetadata().getName(), COMPONENT);
  }

  @Override
  public String name() {
    return COMPONENT;
  }

  /** The last turn stays until the next one comes: its pod is what people read. */
  @Override
  public Plan plan(Tenant tenant, Facts facts) {
    var doors = Doors.to(residence, Store.values());
    if (!doors.areOpen(tenant, facts)) {
      return new Plan.Hold("it has no login that works in every store");
    }
    return new Schedule(tenant, facts.now())
        .turn()
        .map(turn -> plan(turn, part(tenant), doors, facts))
        .orElseGet(() -> new Plan.Hold("its first turn has not come"));
  }

  /** It serves nobody: what it finds is told by a condition of its own. */
  @Override
  public Health health(Tenant tenant, Facts facts) {
    return Health.disabled();
  }

  /** When the next turn comes. */
  public Instant nextLook(Tenant tenant, Facts facts) {
    return new Schedule(tenant, facts.now()).next();
  }

  private Plan plan(String turn, Part part, Doors doors, Facts facts) {
    return Plan.apply(
        new Wish.Managed(Access.serviceAccount(part)),
        new Wish.Managed(Tries.configMap(part)),
        new Wish.Managed(Policies.closed(part, List.of(), ways(doors))),
        new Wish.Once(
            new CheckJob(part, residence, facts.settings()).job(turn, doors.stores()), false));
  }

  private List<NetworkPolicyEgressRule> ways(Doors doors) {
    return List.of(
        Egress.dns(),
        Egress.to(residence.databasePods(), Ways.POSTGRES),
        doors.wayToCache(),
        doors.wayToDrive(),
        Egress.to(residence.pods("gateway"), VectorKeys.PORT, RoomKeys.PORT),
        Egress.to(residence.pods("vault"), Ways.VAULT));
  }
}
