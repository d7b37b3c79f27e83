package io.generalbots.operator.cluster.livekit;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.generalbots.api.v1alpha1.cluster.LiveKitSpec;
import java.util.Optional;

/** What the containers of a server may use, unless the spec says otherwise. */
final class ServerResources {

  private static final String EPHEMERAL = "ephemeral-storage";

  private ServerResources() {}

  /** Enough for a few small rooms. */
  static ResourceRequirements of(LiveKitSpec spec) {
    return Optional.ofNullable(spec.resources()).orElseGet(() -> of("100m", "128Mi", "2", "1Gi"));
  }

  static ResourceRequirements waiting() {
    return of("10m", "16Mi", "500m", "64Mi");
  }

  private static ResourceRequirements of(
      String cpu, String memory, String cpuLimit, String memoryLimit) {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity(cpu))
        .addToRequests("memory", new Quantity(memory))
        .addToRequests(EPHEMERAL, new Quantity("32Mi"))
        .addToLimits("cpu", new Quantity(cpuLimit))
        .addToLimits("memory", new Quantity(memoryLimit))
        .addToLimits(EPHEMERAL, new Quantity("256Mi"))
        .build();
  }
}
