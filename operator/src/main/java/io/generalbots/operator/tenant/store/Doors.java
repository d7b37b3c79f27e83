package io.generalbots.operator.tenant.store;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Residence;
import java.util.Arrays;
import java.util.List;

/**
 * The ways into stores for whoever has no more than what is published of a Tenant.
 *
 * @param residence where the Tenant lives
 * @param stores that are to be entered
 */
public record Doors(Residence residence, List<Store> stores) {

  public Doors {
    stores = List.copyOf(stores);
  }

  /**
   * Those of these stores that the Tenant has something in: without bots it has no bucket, so that
   * there is nothing that must work.
   */
  public static Doors to(Residence residence, Store... wanted) {
    var stores =
        Arrays.stream(wanted)
            .filter(s -> s.isServedBy(residence.cluster()))
            .filter(s -> s != Store.DRIVE || !residence.verdict().bots().isEmpty())
            .toList();
    return new Doors(residence, stores);
  }

  /** Whether the Tenant has something in a store. */
  public boolean leadTo(Store store) {
    return stores.contains(store);
  }

  /** Whether what is published lets in everywhere. */
  public boolean areOpen(Tenant tenant, Facts facts) {
    return !stores.isEmpty()
        && !tenant.getSpec().suspend()
        && stores.stream().allMatch(s -> residence.runs(s.component()))
        && Keyring.of(tenant, facts)
            .filter(ring -> stores.stream().allMatch(ring::isPublished))
            .isPresent();
  }
}
