package io.generalbots.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.Complete;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * BotClusters with every default, each completed once for all its Tenants: that takes longer than
 * all else in a round of a Tenant of which nothing changes.
 */
public final class CompleteClusters {

  private record Known(String version, BotCluster complete) {}

  private final Map<ResourceID, Known> known = new ConcurrentHashMap<>();

  /** The same with every default. */
  BotCluster of(BotCluster read) {
    return known
        .compute(
            ResourceID.fromResource(read),
            (id, before) ->
                before != null && before.version().equals(version(read))
                    ? before
                    : new Known(version(read), Complete.of(read)))
        .complete();
  }

  private static String version(HasMetadata read) {
    return read.getMetadata().getUid() + "/" + read.getMetadata().getResourceVersion();
  }
}
