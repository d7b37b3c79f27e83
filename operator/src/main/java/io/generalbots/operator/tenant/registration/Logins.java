package io.generalbots.operator.tenant.registration;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.residents.Login;
import io.generalbots.operator.tenant.cache.Cache;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.drive.Drive;
import io.generalbots.operator.tenant.rooms.Rooms;
import java.util.List;

/**
 * The logins of a Tenant that a BotCluster is told, by store.
 *
 * @param cache of the cache
 * @param drive of the object store
 * @param rooms of LiveKit
 */
record Logins(List<Login> cache, List<Login> drive, List<Login> rooms) {

  static final Logins NONE = new Logins(List.of(), List.of(), List.of());

  /** Those of the stores that it has a place in. */
  static Logins of(Keyring ring, BotCluster cluster) {
    return new Logins(
        Store.CACHE.isServedBy(cluster) ? Cache.logins(ring) : List.of(),
        Store.DRIVE.isServedBy(cluster) ? Drive.logins(ring) : List.of(),
        Store.ROOMS.isServedBy(cluster) ? Rooms.logins(ring) : List.of());
  }

  /** Names no login: the text may be logged. */
  @Override
  public String toString() {
    return "logins";
  }
}
