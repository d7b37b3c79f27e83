package io.generalbots.operator.cluster.servers;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.generalbots.operator.kernel.Health;
import java.util.Locale;
import java.util.Optional;

/** How pods are of which each is as good as another, by what their Deployment counts. */
public final class DeploymentHealth {

  private DeploymentHealth() {}

  /**
   * How they are.
   *
   * @param one what one of them is called, CamelCase: reasons and messages are made of it
   * @param desired how many there should be; none while the cluster hibernates
   */
  public static Health of(String one, Optional<Deployment> deployment, int desired) {
    if (desired == 0) {
      return Health.ready("stopped while the cluster hibernates");
    }
    int ready = ready(deployment);
    return judge(one, ready, desired).counting(ready, desired);
  }

  /** How many serve. */
  public static int ready(Optional<Deployment> deployment) {
    return deployment.map(Deployment::getStatus).map(DeploymentStatus::getReadyReplicas).orElse(0);
  }

  private static Health judge(String one, int ready, int desired) {
    var message = "%d of %d %ss are ready".formatted(ready, desired, one.toLowerCase(Locale.ROOT));
    if (ready == 0) {
      return Health.waiting("No%sReady".formatted(one), message);
    }
    return ready < desired
        ? Health.degraded("%ssMissing".formatted(one), message)
        : Health.ready(message);
  }
}
