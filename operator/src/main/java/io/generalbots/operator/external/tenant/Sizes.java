package io.generalbots.operator.external.tenant;

import io.generalbots.operator.residents.TenantNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How much everybody has in the stores of a BotCluster; empty of a store that has not answered yet.
 *
 * @param cluster its uid
 * @param databases bytes by database
 * @param caches bytes of keys by tenant
 * @param buckets bytes by bucket
 * @param vectors points by tenant
 */
record Sizes(
    String cluster,
    Optional<Map<String, Long>> databases,
    Optional<Map<String, Long>> caches,
    Optional<Map<String, Long>> buckets,
    Optional<Map<String, Long>> vectors) {

  static final Sizes UNKNOWN =
      new Sizes("", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Of a store that does not answer now, what it said before. */
  Sizes or(Sizes former) {
    return cluster.equals(former.cluster())
        ? new Sizes(
            cluster,
            databases.or(former::databases),
            caches.or(former::caches),
            buckets.or(former::buckets),
            vectors.or(former::vectors))
        : this;
  }

  /** The same with databases that are on another server. */
  Sizes with(Optional<Map<String, Long>> others) {
    return new Sizes(cluster, others, caches, buckets, vectors);
  }

  boolean isKnown() {
    return databases.isPresent()
        || caches.isPresent()
        || buckets.isPresent()
        || vectors.isPresent();
  }

  /** What of it is a Tenant's that has these buckets. */
  Usage of(String tenant, List<String> bucketsOfBots) {
    return new Usage(
        databases.flatMap(all -> Optional.ofNullable(all.get(TenantNames.database(tenant)))),
        caches.map(all -> all.getOrDefault(tenant, 0L)),
        buckets.map(
            all ->
                bucketsOfBots.stream()
                    .distinct()
                    .collect(Collectors.toMap(Function.identity(), b -> all.getOrDefault(b, 0L)))),
        vectors.map(all -> all.getOrDefault(tenant, 0L)));
  }
}
