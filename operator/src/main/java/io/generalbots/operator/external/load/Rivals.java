package io.generalbots.operator.external.load;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.generalbots.api.v1alpha1.BotCluster;
import java.util.Optional;

/**
 * Finds a HorizontalPodAutoscaler that sets the number of bot servers, KEDA's among them. Nobody is
 * asked before the API server has noted that somebody set it as they do.
 *
 * @param client how they are found
 */
record Rivals(KubernetesClient client) {

  private static final String SCALE = "scale";

  /** The name of one, if there is any. Where the operator may not look, nobody is found. */
  Optional<String> of(BotCluster owner) {
    try {
      return isSet(owner) ? search(owner) : Optional.empty();
    } catch (KubernetesClientException e) {
      return Optional.empty();
    }
  }

  private static boolean isSet(BotCluster owner) {
    return owner.getMetadata().getManagedFields().stream()
        .anyMatch(entry -> SCALE.equals(entry.getSubresource()));
  }

  private Optional<String> search(BotCluster owner) {
    return client
        .autoscaling()
        .v2()
        .horizontalPodAutoscalers()
        .inNamespace(owner.getMetadata().getNamespace())
        .list()
        .getItems()
        .stream()
        .filter(rival -> isOf(rival, owner))
        .map(rival -> rival.getMetadata().getName())
        .findFirst();
  }

  private static boolean isOf(HorizontalPodAutoscaler rival, BotCluster owner) {
    var target = rival.getSpec().getScaleTargetRef();
    return owner.getKind().equals(target.getKind())
        && owner.getMetadata().getName().equals(target.getName());
  }
}
