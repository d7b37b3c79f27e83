package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where scheduled work runs. */
public enum WorkflowProvider {
  /** In the bot servers (SET SCHEDULE). */
  @JsonProperty("Schedule")
  SCHEDULE,
  /** In Temporal. */
  @JsonProperty("Temporal")
  TEMPORAL
}
