package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Map;

/**
 * What follows from the memory for the data of one server.
 *
 * <p>Besides the data a server needs room for clients, for the replication backlog and for the
 * pages it writes to while a child saves: half of the data and something for the small ones. A
 * server without that room is killed when it saves, which is when it is needed most.
 *
 * @param data the bytes for the data
 */
record Memory(long data) {

  private static final long MIB = 1L << 20;
  private static final long SMALLEST_BACKLOG = MIB;
  private static final long LARGEST_BACKLOG = 64 * MIB;
  private static final long SMALLEST_BUFFER = 64 * MIB;
  private static final long BASE = 128 * MIB;

  static Memory of(Quantity quantity) {
    return new Memory(quantity.getNumericalAmount().toBigInteger().longValue());
  }

  /** What the replicas may miss and still need no full copy. */
  long backlog() {
    return Math.max(SMALLEST_BACKLOG, Math.min(LARGEST_BACKLOG, data / 16));
  }

  /** What may wait for one replica before it is cut off and needs a full copy. */
  long replicaBuffer() {
    return Math.max(SMALLEST_BUFFER, data / 4);
  }

  ResourceRequirements resources() {
    return new ResourceRequirementsBuilder()
        .withRequests(
            Map.of(
                "cpu", new Quantity("50m"),
                "memory", bytes(data + BASE / 2),
                "ephemeral-storage", new Quantity("32Mi")))
        .withLimits(
            Map.of(
                "cpu", new Quantity("2"),
                "memory", bytes(data + data / 2 + BASE + backlog()),
                "ephemeral-storage", new Quantity("128Mi")))
        .build();
  }

  private static Quantity bytes(long bytes) {
    return new Quantity((bytes + MIB - 1) / MIB + "Mi");
  }
}
