package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** State of a partition. */
public enum PartitionState {
  /** In the database. */
  @JsonProperty("Active")
  ACTIVE,
  /** On its way to the object store. */
  @JsonProperty("Archiving")
  ARCHIVING,
  /** In the object store alone. */
  @JsonProperty("Archived")
  ARCHIVED,
  /** Back in the database. */
  @JsonProperty("Restored")
  RESTORED
}
