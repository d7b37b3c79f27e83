package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Map;
import java.util.Optional;

/** How much processors and memory each role gets unless the spec says otherwise. */
final class Appetite {

  private Appetite() {}

  static ResourceRequirements of(Situation situation, Role role) {
    var spec = situation.spec();
    return switch (role) {
      case MASTER -> of("20m", "64Mi", "512Mi");
      case VOLUME ->
          Optional.ofNullable(spec.volumes().resources()).orElseGet(() -> of("50m", "96Mi", "1Gi"));
      case FILER ->
          Optional.ofNullable(spec.filers().resources()).orElseGet(() -> of("50m", "96Mi", "1Gi"));
      case S3 ->
          Optional.ofNullable(spec.s3().resources()).orElseGet(() -> of("50m", "96Mi", "1Gi"));
    };
  }

  /** For what waits most of the time. */
  static ResourceRequirements small() {
    return of("20m", "64Mi", "256Mi");
  }

  private static ResourceRequirements of(String cpu, String memory, String most) {
    return new ResourceRequirementsBuilder()
        .withRequests(
            Map.of(
                "cpu", new Quantity(cpu),
                "memory", new Quantity(memory),
                "ephemeral-storage", new Quantity("32Mi")))
        .withLimits(
            Map.of(
                "cpu", new Quantity("2"),
                "memory", new Quantity(most),
                "ephemeral-storage", new Quantity("512Mi")))
        .build();
  }
}
