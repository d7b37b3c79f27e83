package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether messages survive a restart. */
public enum MessagingPersistence {
  /** They are kept for the retention time. */
  @JsonProperty("Streams")
  STREAMS,
  /** They are gone when nobody listens. */
  @JsonProperty("None")
  NONE
}
