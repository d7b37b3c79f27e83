package io.generalbots.operator.kube;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;

/** What small containers may use, such as run beside a bot server. */
public final class Small {

  private Small() {}

  /** Little of everything: this memory, and at most so much. */
  public static ResourceRequirements resources(String memory, String most) {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity("5m"))
        .addToRequests("memory", new Quantity(memory))
        .addToRequests("ephemeral-storage", new Quantity("8Mi"))
        .addToLimits("cpu", new Quantity("500m"))
        .addToLimits("memory", new Quantity(most))
        .addToLimits("ephemeral-storage", new Quantity("32Mi"))
        .build();
  }
}
