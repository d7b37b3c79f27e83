package io.generalbots.operator.tenant;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.cluster.vault.Entrance;
import io.generalbots.operator.external.tenant.Credential;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Residence;
import io.generalbots.operator.tenant.store.Ending;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    Store.servedBy(residence.cluster())
        .forEach(
            store ->
                ending
                    .step(store)
                    .map(step -> Plan.apply(new Wish.External(step)))
                    .ifPresent(plan -> plans.put(store.component(), plan)));
    return plans;
  }

  private Ending ending() {
    var own = tenant.getMetadata();
    var vault = new Entrance(residence.cluster(), residence.near()::secret).access();
    return new Ending(residence.cluster(), own.getName(), own.getUid(), keepData, vault, keys());
  }

  /** Those of both slots: one that is being replaced may still open something. */
  private List<Credential> keys() {
    return ring.keys(Store.VECTORS).stream()
        .map(key -> key.credential(tenant.getMetadata().getName()))
        .toList();
  }
}
