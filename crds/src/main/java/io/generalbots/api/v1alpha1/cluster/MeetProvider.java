package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who serves meetings. */
public enum MeetProvider {
  /** LiveKit. */
  @JsonProperty("LiveKit")
  LIVE_KIT
}
