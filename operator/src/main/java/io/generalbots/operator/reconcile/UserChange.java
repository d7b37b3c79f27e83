package io.generalbots.operator.reconcile;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Objects;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;

/**
 * Lets through what a user changed: the spec, the annotations that steer the operator, or that the
 * resource is to go. JOSDK's own filter knows the spec alone, and none would answer to our status.
 */
public final class UserChange implements OnUpdateFilter<BotCluster> {

  @Override
  public boolean accept(BotCluster changed, BotCluster former) {
    var now = changed.getMetadata();
    var before = former.getMetadata();
    return !java.util.Objects.equals(now.getGeneration(), before.getGeneration())
        || !java.util.Objects.equals(now.getUid(), before.getUid())
        || !java.util.Objects.equals(now.getDeletionTimestamp(), before.getDeletionTimestamp())
        || !Objects.annotations(changed).equals(Objects.annotations(former));
  }
}
