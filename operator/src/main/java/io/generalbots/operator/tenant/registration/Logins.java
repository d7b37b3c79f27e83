package io.generalbots.operator.tenant.registration;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.residents.Login;
import io.generalbots.operator.tenant.credentials.Key;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.credentials.Store;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The logins of a Tenant that a BotCluster is told, by store.
 *
 * @param cache of the cache
 * @param drive of the object store
 * @param rooms of LiveKit
 * @param vectors of Qdrant
 */
record Logins(List<Login> cache, List<Login> drive, List<Login> rooms, List<Login> vectors) {

  static final Logins NONE = new Logins(List.of(), List.of(), List.of(), List.of());

  /** Those of the stores that it has a place in. */
  static Logins of(Keyring ring, BotCluster cluster) {
    return new Logins(
        // Of what is shown as it is, no more than digests are told.
        of(ring, cluster, Store.CACHE, key -> Digest.sha256(key.password())),
        // S3 needs the secret keys themselves, and tokens for rooms are signed with them.
        of(ring, cluster, Store.DRIVE, Key::password),
        of(ring, cluster, Store.ROOMS, Key::password),
        of(ring, cluster, Store.VECTORS, key -> Digest.sha256(key.password())));
  }

  private static List<Login> of(
      Keyring ring, BotCluster cluster, Store store, Function<Key, String> secret) {
    var tenant = ring.tenant().getMetadata().getName();
    return Stream.of(store)
        .filter(s -> s.isServedBy(cluster))
        .flatMap(s -> ring.keys(s).stream())
        .map(key -> new Login(key.login(tenant), secret.apply(key)))
        .toList();
  }

  /** Names no login: the text may be logged. */
  @Override
  public String toString() {
    return "logins";
  }
}
