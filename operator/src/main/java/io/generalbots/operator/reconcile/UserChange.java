package io.generalbots.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.generalbots.operator.kernel.Objects;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;

/**
 * Lets through what a user changed: the spec, the annotations that steer the operator, or that the
 * resource is to go; and that it may not go without us, after which JOSDK begins. JOSDK's own
 * filter knows the spec alone, and none would answer to our status.
 */
public final class UserChange implements OnUpdateFilter<HasMetadata> {

  @Override
  public boolean accept(HasMetadata changed, HasMetadata former) {
    var now = changed.getMetadata();
    var before = former.getMetadata();
    return !java.util.Objects.equals(now.getGeneration(), before.getGeneration())
        || !java.util.Objects.equals(now.getUid(), before.getUid())
        || !java.util.Objects.equals(now.getDeletionTimestamp(), before.getDeletionTimestamp())
        || !java.util.Objects.equals(now.getFinalizers(), before.getFinalizers())
        || !Objects.annotations(changed).equals(Objects.annotations(former));
  }
}
