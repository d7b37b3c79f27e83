package io.generalbots.operator.tenant.store;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.cluster.botserver.Ways;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Egress;
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

  private static final int VALKEY_TLS = 6380;
  private static final int S3_TLS = 8334;

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

  /** The way to the cache, with TLS and without. */
  public NetworkPolicyEgressRule wayToCache() {
    return Egress.to(residence.pods(Store.CACHE.component()), Ways.VALKEY, VALKEY_TLS);
  }

  /** The way to the object store, with TLS and without. */
  public NetworkPolicyEgressRule wayToDrive() {
    return Egress.to(residence.pods("s3"), Ways.S3, S3_TLS);
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
