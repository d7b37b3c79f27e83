package io.generalbots.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/** Whether what a round is about is still there. */
final class Presence {

  private Presence() {}

  /** By the cache, which learns of an end while a round is still under way. */
  static <P extends HasMetadata> boolean isThere(P primary, Context<P> context) {
    return context
        .getPrimaryCache()
        .get(ResourceID.fromResource(primary))
        .map(HasMetadata::getMetadata)
        .filter(now -> now.getUid().equals(primary.getMetadata().getUid()))
        .filter(now -> now.getDeletionTimestamp() == null)
        .isPresent();
  }
}
