package io.generalbots.api.v1alpha1.shared;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to data when the resource is deleted. */
public enum ReclaimPolicy {
  /** Volumes, databases and credentials stay. */
  @JsonProperty("Retain")
  RETAIN,
  /** Everything the resource owns goes with it. */
  @JsonProperty("Delete")
  DELETE
}
