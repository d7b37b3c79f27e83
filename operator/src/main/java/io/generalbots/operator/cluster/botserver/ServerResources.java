package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.generalbots.api.v1alpha1.cluster.BotServerSpec;
import java.util.Optional;

/** What a bot server may use, unless the spec says otherwise. */
final class ServerResources {

  private static final String EPHEMERAL = "ephemeral-storage";

  private ServerResources() {}

  /** Idle it takes 50 MiB; documents that it indexes and scripts that it runs take the rest. */
  static ResourceRequirements of(BotServerSpec spec) {
    return Optional.ofNullable(spec.resources())
        .orElseGet(
            () ->
                new ResourceRequirementsBuilder()
                    .addToRequests("cpu", new Quantity("100m"))
                    .addToRequests("memory", new Quantity("256Mi"))
                    .addToRequests(EPHEMERAL, new Quantity("64Mi"))
                    .addToLimits("cpu", new Quantity("2"))
                    .addToLimits("memory", new Quantity("2Gi"))
                    .addToLimits(EPHEMERAL, new Quantity("1Gi"))
                    .build());
  }
}
