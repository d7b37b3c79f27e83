package io.generalbots.operator.tenant.limits;

import io.fabric8.kubernetes.api.model.Quantity;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.external.tenant.Usage;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Restraint;
import io.generalbots.operator.residents.TenantNames;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Residence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a Tenant has of the stores of its BotCluster, and may have.
 *
 * @param residence where the Tenant lives
 * @param tenant whose they are
 * @param usage what was measured last, if anything was
 */
record Shares(Residence residence, Tenant tenant, Optional<Usage> usage) {

  List<Share> all() {
    var limits = tenant.getSpec().limits();
    var former = former();
    var buckets = usage.flatMap(Usage::buckets).map(this::own);
    return Stream.of(
            share(Store.DATABASE, limits.databaseSize(), usage.flatMap(Usage::database), former),
            share(Store.CACHE, limits.cacheMemory(), usage.flatMap(Usage::cache), former),
            share(Store.DRIVE, limits.bucketSize(), buckets, former),
            share(Store.VECTORS, limits.vectors(), usage.flatMap(Usage::vectors), former))
        .filter(s -> s.store().isServedBy(residence.cluster()))
        .toList();
  }

  private static Share share(
      Store store, Quantity limit, Optional<Long> used, Map<String, Restraint> former) {
    return share(store, Quantity.getAmountInBytes(limit).longValue(), used, former);
  }

  private static Share share(
      Store store, long limit, Optional<Long> used, Map<String, Restraint> former) {
    return new Share(store, limit, used, former.getOrDefault(store.component(), Restraint.NONE));
  }

  /** Of the buckets that it names, those of its own bots alone. */
  private long own(Map<String, Long> buckets) {
    return residence.verdict().bots().stream()
        .mapToLong(bot -> buckets.getOrDefault(TenantNames.bucket(bot), 0L))
        .sum();
  }

  private Map<String, Restraint> former() {
    return residence.near().registered(tenant).stream()
        .flatMap(secret -> Registration.of(secret).stream())
        .filter(r -> r.uid().equals(tenant.getMetadata().getUid()))
        .map(Registration::restraints)
        .findFirst()
        .orElse(Map.of());
  }
}
