package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.Pod;
import io.generalbots.operator.cluster.servers.Instance;

/**
 * How many servers to ask for now. A server that starts migrates the database without a lock and
 * opens its port only afterwards: so the first one of an image is alone until it is ready.
 */
record Scaling(Situation situation) {

  /** The number for the Deployment in this round. */
  int replicas() {
    var bound = bound();
    return isMigrated() ? bound : Math.min(bound, Math.max(1, current()));
  }

  /** Whether a server of the wished image has come so far as to listen. */
  boolean isMigrated() {
    var image = situation.site().image().name();
    return situation.pods().stream()
        .filter(p -> new Instance(p).isReady())
        .anyMatch(p -> image.equals(image(p)));
  }

  /** Whether a volume that one node alone can mount keeps them from becoming several. */
  boolean isBound() {
    return situation.wished() > 1 && !new WorkVolume(situation).isShared();
  }

  private int bound() {
    return isBound() ? 1 : situation.wished();
  }

  private int current() {
    return situation.deployment().map(d -> d.getSpec().getReplicas()).orElse(0);
  }

  private static String image(Pod pod) {
    return pod.getSpec().getContainers().get(0).getImage();
  }
}
