package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How data is kept on disk. */
public enum ValkeyPersistenceMode {
  /** Every write is logged, synced once a second. */
  @JsonProperty("AppendOnly")
  APPEND_ONLY,
  /** A snapshot now and then. */
  @JsonProperty("Snapshot")
  SNAPSHOT,
  /** Memory only. */
  @JsonProperty("Disabled")
  DISABLED
}
