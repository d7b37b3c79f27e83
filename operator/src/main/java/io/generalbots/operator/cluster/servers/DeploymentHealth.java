package io.generalbots.operator.cluster.servers;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.generalbots.operator.kernel.Health;
import java.util.List;
import java.util.Optional;

/** How pods are of which each is as good as another, by what their Deployment counts. */
public final class DeploymentHealth {

  private DeploymentHealth() {}

  /**
   * How they are told of; the reasons stand in full where they are given, so that who looks for one
   * finds it.
   *
   * @param many what they are called in a message
   * @param noneReady the reason while none of them is ready
   * @param someMissing the reason while fewer are than should be
   */
  public record Words(String many, String noneReady, String someMissing) {}

  /**
   * How they are.
   *
   * @param desired how many there should be; none while the cluster hibernates
   */
  public static Health of(Words words, Optional<Deployment> deployment, int desired) {
    if (desired == 0) {
      return Health.ready("stopped while the cluster hibernates");
    }
    int ready = ready(deployment);
    return judge(words, ready, desired).counting(ready, desired);
  }

  /** How many serve. */
  public static int ready(Optional<Deployment> deployment) {
    return deployment.map(Deployment::getStatus).map(DeploymentStatus::getReadyReplicas).orElse(0);
  }

  /** Why no pod of it is admitted, in the API server's words. */
  public static Optional<String> refusal(Optional<Deployment> deployment) {
    return deployment.map(Deployment::getStatus).map(DeploymentStatus::getConditions).stream()
        .flatMap(List::stream)
        .filter(c -> "ReplicaFailure".equals(c.getType()) && "True".equals(c.getStatus()))
        .map(c -> String.valueOf(c.getMessage()))
        .findFirst();
  }

  private static Health judge(Words words, int ready, int desired) {
    var message = "%d of %d %s are ready".formatted(ready, desired, words.many());
    if (ready == 0) {
      return Health.waiting(words.noneReady(), message);
    }
    return ready < desired ? Health.degraded(words.someMissing(), message) : Health.ready(message);
  }
}
