package io.generalbots.operator.cluster;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.BotClusterSpec;
import io.generalbots.api.v1alpha1.schema.Completed;

/** A BotCluster as the operator reads it: the definition installed may know less than it does. */
public final class Complete {

  private Complete() {}

  /** The same with every default; what was read stays as it is. */
  public static BotCluster of(BotCluster read) {
    var cluster = new BotCluster();
    cluster.setMetadata(read.getMetadata());
    cluster.setSpec(Completed.of(BotClusterSpec.class, read.getSpec()));
    cluster.setStatus(read.getStatus());
    return cluster;
  }
}
