package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.Quantity;
import io.generalbots.api.v1alpha1.shared.Storage;

/** What is particular about masters. */
final class Masters {

  /** What they voted and the highest number of a volume: a few kilobytes. */
  static final Storage STORAGE = new Storage(new Quantity("1Gi"), null, null);

  private Masters() {}
}
