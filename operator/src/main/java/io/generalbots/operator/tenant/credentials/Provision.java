package io.generalbots.operator.tenant.credentials;

import io.generalbots.operator.kernel.Digest;
import java.util.List;

/**
 * What is to be brought about in a store, as digests.
 *
 * @param wished of everything but the logins
 * @param logins of the logins
 */
public record Provision(String wished, String logins) {

  /** Of these keys, in whatever else the store is told. */
  public static Provision of(List<Key> keys, Object... wished) {
    var logins = keys.stream().map(k -> k.slot() + k.password()).toList();
    return new Provision(
        Digest.sha256(List.of(wished).toString()), Digest.sha256(String.join("\n", logins)));
  }

  /** The same, to be brought about again when any of this is another. */
  public Provision with(Object... more) {
    return new Provision(wished, Digest.sha256(logins + List.of(more)));
  }
}
