package io.generalbots.operator.cluster.pooler;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.generalbots.api.v1alpha1.cluster.PoolerSpec;
import java.util.Optional;

/** What the containers of a pooler may use, unless the spec says otherwise. */
final class PoolerResources {

  /** PgBouncer before its first client. */
  private static final int BASE_MEBIBYTES = 128;

  /** A client connection with its TLS state and buffers takes less than 64 KiB. */
  private static final int CLIENTS_PER_MEBIBYTE = 16;

  /** Neither writes anything but its log; the scratch volumes are 16 MiB each. */
  private static final String EPHEMERAL = "ephemeral-storage";

  private PoolerResources() {}

  /** PgBouncer runs on one thread: more than one core would never be used. */
  static ResourceRequirements pgbouncer(PoolerSpec spec) {
    return Optional.ofNullable(spec.resources())
        .orElseGet(() -> of("100m", "64Mi", "1", memory(spec.maxClientConnections())));
  }

  static ResourceRequirements guard() {
    return of("10m", "32Mi", "500m", "64Mi");
  }

  private static String memory(int clients) {
    return BASE_MEBIBYTES + clients / CLIENTS_PER_MEBIBYTE + "Mi";
  }

  private static ResourceRequirements of(
      String cpu, String memory, String cpuLimit, String memoryLimit) {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity(cpu))
        .addToRequests("memory", new Quantity(memory))
        .addToRequests(EPHEMERAL, new Quantity("32Mi"))
        .addToLimits("cpu", new Quantity(cpuLimit))
        .addToLimits("memory", new Quantity(memoryLimit))
        .addToLimits(EPHEMERAL, new Quantity("128Mi"))
        .build();
  }
}
