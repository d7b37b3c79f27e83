package io.generalbots.api.v1alpha1.tenant;

import com.fasterxml.jackson.annotation.JsonProperty;

/** State of one export. */
public enum ExportState {
  /** It was asked for, and something has to come about first. */
  @JsonProperty("Pending")
  PENDING,
  /** It is being written. */
  @JsonProperty("Running")
  RUNNING,
  /** All of it is there. */
  @JsonProperty("Complete")
  COMPLETE,
  /** It is not there; see the message. */
  @JsonProperty("Failed")
  FAILED
}
