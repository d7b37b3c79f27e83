package io.generalbots.api.v1alpha1.tenant;

import com.fasterxml.jackson.annotation.JsonProperty;

/** State of one store of a tenant. */
public enum StoreState {
  /** Not made yet. */
  @JsonProperty("Pending")
  PENDING,
  /** As wished. */
  @JsonProperty("Ready")
  READY,
  /** Not as wished; see the message. */
  @JsonProperty("Failed")
  FAILED,
  /** Something of this name exists and is not ours. */
  @JsonProperty("Conflict")
  CONFLICT,
  /** Kept after deletion. */
  @JsonProperty("Retained")
  RETAINED
}
