package io.generalbots.operator.cluster.gateway;

import java.util.Map;
import java.util.Optional;

/**
 * A host that leads to a tenant.
 *
 * @param name of the host
 * @param tenant whose it is
 * @param suspended whether nobody gets in by it
 * @param servers the name by which the tenant's own bot servers are found; empty if it has none
 * @param meetings the name of the tenant's own LiveKit; empty if it has none
 * @param requests how many a minute the tenant may have, over all its hosts; 0 for any number
 */
record TenantHost(
    String name,
    String tenant,
    boolean suspended,
    Optional<String> servers,
    Optional<String> meetings,
    int requests) {

  /** A piece of the configuration that is about it. */
  String written(String piece) {
    return Template.of(piece)
        .with("requests", Limits.ofTenant(this))
        .filled(Map.of("host", name, "tenant", tenant));
  }
}
