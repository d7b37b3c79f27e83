package io.generalbots.operator.tenant.rooms;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.cluster.gateway.RoomKeys;
import io.generalbots.operator.cluster.livekit.Entrance;
import io.generalbots.operator.external.tenant.CloseRooms;
import io.generalbots.operator.external.tenant.EnterRooms;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.TenantNames;
import io.generalbots.operator.tenant.credentials.Key;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.credentials.Provision;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Residence;
import io.generalbots.operator.tenant.store.Holding;
import io.generalbots.operator.tenant.store.Keys;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rooms of a Tenant in the LiveKit of its BotCluster, which the gateways open to the keys of
 * its registration: LiveKit itself would open all rooms to each.
 *
 * @param residence where the Tenant lives
 * @param tenant whose they are
 * @param clusterDomain the DNS suffix of services
 */
public record Rooms(Residence residence, Tenant tenant, String clusterDomain) implements Holding {

  private static final String PUBLIC = "public-uri";

  @Override
  public Store store() {
    return Store.ROOMS;
  }

  @Override
  public Provision provision(Keyring ring) {
    return Provision.of(
        ring.keys(store()), residence.cluster().getMetadata().getUid(), tenant.getSpec().suspend());
  }

  /** While the Tenant is closed nobody gets in, and who is in has to leave. */
  @Override
  public List<Step> steps(Keyring ring) {
    return List.of(
        tenant.getSpec().suspend()
            ? new CloseRooms(residence.name(), residence.namespace(), name())
            : new EnterRooms(
                residence.name(),
                residence.namespace(),
                name(),
                ring.newest(store()).credential(name())));
  }

  @Override
  public Optional<Secret> secret(ObjectMeta meta, Keyring ring) {
    return residence
        .near()
        .secret(store().secretName(residence.name()))
        .map(own -> Keys.of(own, PUBLIC))
        .filter(keys -> keys.containsKey(PUBLIC))
        .map(keys -> Secrets.opaque(meta, completed(keys, ring.newest(store()))));
  }

  @Override
  public String words() {
    return "rooms whose names begin with " + TenantNames.roomPrefix(name());
  }

  private Map<String, String> completed(Map<String, String> keys, Key key) {
    var host = RoomKeys.host(residence.name(), residence.namespace(), clusterDomain);
    keys.put("host", host);
    keys.put("port", String.valueOf(RoomKeys.PORT));
    keys.put(Entrance.URI, "ws://%s:%d".formatted(host, RoomKeys.PORT));
    keys.put(Entrance.API_KEY, key.login(name()));
    keys.put(Entrance.API_SECRET, key.password());
    keys.put("prefix", TenantNames.roomPrefix(name()));
    return keys;
  }

  private String name() {
    return tenant.getMetadata().getName();
  }
}
