package io.generalbots.operator.tenant.cell;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.tenant.place.Residence;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A store of a Cell: what the Cell publishes of it is handed on under the name by which a Tenant's
 * applications know it, whatever its isolation.
 *
 * @param residence where the Tenant lives
 * @param store of the Cell
 */
public record HandedOn(Residence residence, CellStore store) implements Component<Tenant> {

  private static final String AUTHORITY = "ca.crt";

  @Override
  public String name() {
    return store.component();
  }

  @Override
  public Plan plan(Tenant tenant, Facts facts) {
    if (!Cell.has(store, residence)) {
      return new Plan.Absent();
    }
    var cell = new Cell(tenant, facts);
    return cell.published(store.source(name(tenant)))
        .map(own -> plan(cell, own))
        .orElseGet(() -> new Plan.Hold("the Cell has no " + name() + " yet"));
  }

  @Override
  public Health health(Tenant tenant, Facts facts) {
    if (!Cell.has(store, residence)) {
      return Health.disabled();
    }
    var health = new Cell(tenant, facts).live().map(cell -> new CellState(cell).component(name()));
    var isHandedOn = facts.find(Secret.class, store.secretName(name(tenant))).isPresent();
    return health
        .filter(h -> isHandedOn || !h.isSettled())
        .orElseGet(() -> Health.waiting("Provisioning", "its Cell is making it"));
  }

  private Plan plan(Cell cell, Secret own) {
    var keys = keys(cell, own);
    return store == CellStore.DRIVE
        ? withBuckets(new CellBuckets(cell), keys, cell)
        : Plan.apply(secret(cell, keys));
  }

  /** The way in is told at once, the buckets that are new once they are there. */
  private Plan withBuckets(CellBuckets buckets, Map<String, String> keys, Cell cell) {
    var wishes = new ArrayList<Wish>();
    keys.put(CellBuckets.KEY, buckets.known());
    wishes.add(secret(cell, keys));
    buckets
        .step()
        .ifPresent(
            step -> {
              wishes.add(new Wish.External(step));
              keys.put(CellBuckets.KEY, buckets.all());
              wishes.add(secret(cell, keys));
            });
    return new Plan.Apply(wishes);
  }

  private Wish secret(Cell cell, Map<String, String> keys) {
    var meta = new ObjectMetaBuilder().withName(store.secretName(name(cell.tenant()))).build();
    return new Wish.Managed(
        isLogin(keys) ? Secrets.basicAuth(meta, keys) : Secrets.opaque(meta, keys));
  }

  private static boolean isLogin(Map<String, String> keys) {
    return keys.containsKey("username") && keys.containsKey("password");
  }

  private Map<String, String> keys(Cell cell, Secret own) {
    var keys = new TreeMap<String, String>();
    Optional.ofNullable(own.getData())
        .ifPresent(data -> data.keySet().forEach(key -> keys.put(key, Secrets.text(own, key))));
    switch (store) {
      case DATABASE -> authority(cell).ifPresent(pem -> keys.put(AUTHORITY, pem));
      case CACHE -> keys.put("prefix", "");
      case VAULT ->
          cell.live()
              .map(live -> live.getSpec().vault())
              .ifPresent(
                  vault -> {
                    keys.put("mount", vault.mount());
                    keys.put("path", vault.path());
                  });
      default -> {}
    }
    return keys;
  }

  private Optional<String> authority(Cell cell) {
    return cell.published(cell.name() + "-" + CellStore.SERVER)
        .map(server -> Secrets.text(server, AUTHORITY))
        .filter(pem -> !pem.isEmpty());
  }

  private static String name(Tenant tenant) {
    return tenant.getMetadata().getName();
  }
}
