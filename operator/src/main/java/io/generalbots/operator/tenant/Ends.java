package io.generalbots.operator.tenant;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.cluster.vault.Entrance;
import io.generalbots.operator.external.tenant.Credential;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.residents.Carriers;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Lodging;
import io.generalbots.operator.tenant.place.Residence;
import io.generalbots.operator.tenant.store.Ending;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is done in each store at the end of a Tenant.
 *
 * @param residence where it lived
 * @param tenant that goes
 * @param ring its logins
 * @param keepData whether nothing but its logins goes
 */
record Ends(Residence residence, Tenant tenant, Keyring ring, boolean keepData) {

  /** By store; in one of which nothing is to be done there is no plan. */
  Map<String, Plan> plans() {
    var plans = new LinkedHashMap<String, Plan>();
    var ending = ending();
    if (lodging().relocation().isPresent()) {
      // What carries the database would go on with it.
      plans.put(Carriers.MOVE, new Plan.Absent());
    }
    Store.servedBy(residence.cluster())
        .forEach(
            store ->
                Optional.of(ending.steps(store))
                    .filter(steps -> !steps.isEmpty())
                    .ifPresent(steps -> plans.put(store.component(), plan(steps))));
    return plans;
  }

  private static Plan plan(List<Step> steps) {
    return new Plan.Apply(steps.stream().<Wish>map(Wish.External::new).toList());
  }

  /** Its own server has the logins at least; one that it moves from or to has a copy. */
  private Set<String> servers() {
    var servers = new TreeSet<>(List.of(lodging().own(), lodging().server()));
    lodging().relocation().ifPresent(r -> servers.addAll(List.of(r.from(), r.to())));
    return servers;
  }

  private Lodging lodging() {
    return residence.lodging(tenant, ring.facts());
  }

  private Ending ending() {
    var own = tenant.getMetadata();
    var vault = new Entrance(residence.cluster(), residence.near()::secret).access();
    return new Ending(
        residence.cluster(), own.getName(), own.getUid(), keepData, vault, keys(), servers());
  }

  /** Those of both slots: one that is being replaced may still open something. */
  private List<Credential> keys() {
    return ring.keys(Store.VECTORS).stream()
        .map(key -> key.credential(tenant.getMetadata().getName()))
        .toList();
  }
}
