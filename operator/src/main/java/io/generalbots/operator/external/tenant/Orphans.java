package io.generalbots.operator.external.tenant;

import io.generalbots.operator.kernel.Reading;
import java.util.List;

/**
 * What is in the stores of a BotCluster under names of Tenants, and belongs to none that is there
 * or left something.
 *
 * @param databases and roles that own them
 * @param users of the cache
 * @param buckets that were made for a Tenant
 * @param collections of Qdrant
 * @param namespaces of the vault
 * @param unseen stores that gave no answer, so that nothing is known of them
 */
public record Orphans(
    List<String> databases,
    List<String> users,
    List<String> buckets,
    List<String> collections,
    List<String> namespaces,
    List<String> unseen)
    implements Reading {

  public Orphans {
    databases = List.copyOf(databases);
    users = List.copyOf(users);
    buckets = List.copyOf(buckets);
    collections = List.copyOf(collections);
    namespaces = List.copyOf(namespaces);
    unseen = List.copyOf(unseen);
  }
}
