package io.generalbots.operator.cluster.media;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.generalbots.api.v1alpha1.cluster.GStreamerSpec;
import java.util.Optional;

/** What the containers of a worker may use, unless the spec says otherwise. */
final class WorkerResources {

  private static final String EPHEMERAL = "ephemeral-storage";

  private WorkerResources() {}

  /** Enough to encode a small picture. */
  static ResourceRequirements of(GStreamerSpec spec) {
    return Optional.ofNullable(spec.resources())
        .orElseGet(() -> of("100m", "96Mi").addToLimits("cpu", new Quantity("2")).build());
  }

  static ResourceRequirements courier() {
    return of("10m", "16Mi")
        .addToLimits("cpu", new Quantity("500m"))
        .addToLimits("memory", new Quantity("64Mi"))
        .build();
  }

  /** Beyond the folder that is written to, which has a limit of its own, there are logs. */
  private static ResourceRequirementsBuilder of(String cpu, String memory) {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity(cpu))
        .addToRequests("memory", new Quantity(memory))
        .addToRequests(EPHEMERAL, new Quantity("32Mi"))
        .addToLimits("memory", new Quantity("1Gi"))
        .addToLimits(EPHEMERAL, new Quantity("1200Mi"));
  }
}
