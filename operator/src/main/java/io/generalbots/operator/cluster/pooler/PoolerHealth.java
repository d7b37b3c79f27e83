package io.generalbots.operator.cluster.pooler;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.generalbots.operator.kernel.Health;
import java.util.Optional;

/** How the poolers are, by their Deployment. */
final class PoolerHealth {

  private PoolerHealth() {}

  static Health of(Optional<Deployment> deployment, int desired) {
    if (desired == 0) {
      return Health.ready("stopped while the cluster hibernates");
    }
    int ready = deployment.map(PoolerHealth::ready).orElse(0);
    return judge(ready, desired).counting(ready, desired);
  }

  private static Health judge(int ready, int desired) {
    var message = "%d of %d poolers are ready".formatted(ready, desired);
    if (ready == 0) {
      return Health.waiting("NoPoolerReady", message);
    }
    return ready < desired ? Health.degraded("PoolersMissing", message) : Health.ready(message);
  }

  private static int ready(Deployment deployment) {
    var status = deployment.getStatus();
    return status == null || status.getReadyReplicas() == null ? 0 : status.getReadyReplicas();
  }
}
