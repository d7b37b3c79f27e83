package io.generalbots.edge.route;

import io.generalbots.sharding.published.Publication;
import io.generalbots.sharding.published.Rules;
import java.util.List;

/** A policy, ready to decide. */
public sealed interface Policy permits HashPolicy, TenantPolicy, GeoPolicy {

  /** Its name. */
  String name();

  /** Hosts whose requests it is for. */
  List<String> hosts();

  /** What serves a request. */
  Decision decide(Facts facts, Surroundings surroundings);

  /**
   * The policy of a document.
   *
   * @throws IllegalArgumentException with the reason, if it cannot work
   */
  static Policy of(Publication publication) {
    var scope = publication.scope();
    var rules = publication.rules();
    if (rules instanceof Rules.ByHash hash) {
      return HashPolicy.of(scope, hash);
    }
    return rules instanceof Rules.ByTenant tenant
        ? TenantPolicy.of(scope, tenant)
        : GeoPolicy.of(scope, (Rules.ByPlace) rules);
  }
}
