package io.generalbots.operator.tenant;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.tenant.botserver.OwnServers;
import io.generalbots.operator.tenant.cache.Cache;
import io.generalbots.operator.tenant.cell.CellServers;
import io.generalbots.operator.tenant.cell.CellStore;
import io.generalbots.operator.tenant.cell.HandedOn;
import io.generalbots.operator.tenant.credentials.Seed;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.database.Database;
import io.generalbots.operator.tenant.drive.Drive;
import io.generalbots.operator.tenant.export.Export;
import io.generalbots.operator.tenant.export.Exports;
import io.generalbots.operator.tenant.export.Import;
import io.generalbots.operator.tenant.isolation.IsolationCheck;
import io.generalbots.operator.tenant.limits.Limits;
import io.generalbots.operator.tenant.move.Move;
import io.generalbots.operator.tenant.place.Admission;
import io.generalbots.operator.tenant.place.Residence;
import io.generalbots.operator.tenant.rooms.Rooms;
import io.generalbots.operator.tenant.store.Holding;
import io.generalbots.operator.tenant.store.Provisioning;
import io.generalbots.operator.tenant.vault.Vault;
import io.generalbots.operator.tenant.vectors.Vectors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that is looked after at the home of a Tenant that has a place.
 *
 * @param tenant as it was read
 * @param home what is known of its own namespace
 * @param residence where it lives
 */
record Estate(Tenant tenant, Facts home, Residence residence) {

  /** In the order in which they come about; in a Cell all is that of its own servers. */
  List<Component<Tenant>> components() {
    return Admission.wantsCell(tenant) ? ofCell() : ofShares();
  }

  private List<Component<Tenant>> ofCell() {
    var components = new ArrayList<Component<Tenant>>();
    components.add(new CellServers(residence));
    Arrays.stream(CellStore.values())
        .map(store -> new HandedOn(residence, store))
        .forEach(components::add);
    return components;
  }

  private List<Component<Tenant>> ofShares() {
    var components = new ArrayList<Component<Tenant>>();
    components.add(seed());
    components.addAll(provisionings());
    components.add(move());
    components.add(new OwnServers(residence, holdings()));
    components.add(new Import(residence));
    components.add(new IsolationCheck(residence));
    if (Exports.isServed(tenant)) {
      components.add(new Export(residence));
    }
    return components;
  }

  /** When its logins, what it has in each store and its isolation ask for the next look. */
  Stream<Instant> due() {
    return Stream.of(
            seed().nextLook(tenant, home).stream(),
            provisionings().stream().flatMap(p -> p.nextLook(tenant, home).stream()),
            Stream.of(new IsolationCheck(residence).nextLook(tenant, home)),
            move().nextLook(tenant, home).stream())
        .flatMap(looks -> looks)
        .filter(at -> !Admission.wantsCell(tenant));
  }

  /** How much it may have. */
  Limits limits() {
    return home.findings().of(Limits.class, () -> Limits.of(residence, tenant, home));
  }

  private List<Provisioning> provisionings() {
    return holdings().stream().map(h -> new Provisioning(residence, h)).toList();
  }

  private List<Holding> holdings() {
    var domain = home.settings().clusterDomain();
    return List.of(
        database(),
        new Cache(residence, tenant),
        new Drive(residence, tenant),
        new Rooms(residence, tenant, domain),
        new Vectors(residence, tenant, domain),
        new Vault(residence, tenant));
  }

  private Move move() {
    return new Move(residence, database());
  }

  private Database database() {
    return new Database(
        residence,
        tenant,
        home.settings().clusterDomain(),
        limits(),
        residence.lodging(tenant, home));
  }

  private Seed seed() {
    return new Seed(Store.servedBy(residence.cluster()));
  }
}
