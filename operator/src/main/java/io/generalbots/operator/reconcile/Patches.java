package io.generalbots.operator.reconcile;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;

/** What is sent to the status subresource. */
final class Patches {

  private Patches() {}

  /** A fresh object with nothing but its name and status, so that no edit of the spec is undone. */
  static BotCluster status(BotCluster cluster, BotClusterStatus status) {
    var patch = new BotCluster();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withName(cluster.getMetadata().getName())
            .withNamespace(cluster.getMetadata().getNamespace())
            .build());
    patch.setStatus(status);
    return patch;
  }
}
