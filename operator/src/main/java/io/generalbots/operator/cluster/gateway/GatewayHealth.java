package io.generalbots.operator.cluster.gateway;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.generalbots.operator.kernel.Health;
import java.util.Optional;

/** How the gateways are, by their Deployment. */
final class GatewayHealth {

  private GatewayHealth() {}

  static Health of(Optional<Deployment> deployment, int desired) {
    if (desired == 0) {
      return Health.ready("stopped while the cluster hibernates");
    }
    int ready = deployment.map(GatewayHealth::ready).orElse(0);
    return judge(ready, desired).counting(ready, desired);
  }

  private static Health judge(int ready, int desired) {
    var message = "%d of %d gateways are ready".formatted(ready, desired);
    if (ready == 0) {
      return Health.waiting("NoGatewayReady", message);
    }
    return ready < desired ? Health.degraded("GatewaysMissing", message) : Health.ready(message);
  }

  private static int ready(Deployment deployment) {
    var status = deployment.getStatus();
    return status == null || status.getReadyReplicas() == null ? 0 : status.getReadyReplicas();
  }
}
