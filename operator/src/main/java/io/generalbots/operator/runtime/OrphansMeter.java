package io.generalbots.operator.runtime;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.external.tenant.Orphans;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** Counts what belongs to no Tenant, by BotCluster and store. */
final class OrphansMeter implements BiConsumer<BotCluster, Orphans> {

  private static final String NAME = "generalbots.orphans";

  private final MeterRegistry registry;
  private final Map<Tags, AtomicInteger> counts = new ConcurrentHashMap<>();

  OrphansMeter(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void accept(BotCluster cluster, Orphans orphans) {
    set(cluster, "postgres", orphans.databases().size());
    set(cluster, "valkey", orphans.users().size());
    set(cluster, "seaweedfs", orphans.buckets().size());
    set(cluster, "qdrant", orphans.collections().size());
    set(cluster, "vault", orphans.namespaces().size());
  }

  private void set(BotCluster cluster, String store, int count) {
    var meta = cluster.getMetadata();
    var tags =
        Tags.of("namespace", meta.getNamespace(), "botcluster", meta.getName(), "store", store);
    counts.computeIfAbsent(tags, this::counter).set(count);
  }

  private AtomicInteger counter(Tags tags) {
    var count = new AtomicInteger();
    registry.gauge(NAME, tags, count);
    return count;
  }
}
