package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a shared volume is mounted. */
public enum AccessMode {
  /** By one node. */
  @JsonProperty("ReadWriteOnce")
  READ_WRITE_ONCE,
  /** By many nodes. */
  @JsonProperty("ReadWriteMany")
  READ_WRITE_MANY
}
