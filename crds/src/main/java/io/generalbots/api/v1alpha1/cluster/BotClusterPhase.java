package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** State of a BotCluster in one word. */
public enum BotClusterPhase {
  /** Nothing is made yet. */
  @JsonProperty("Pending")
  PENDING,
  /** Components are being made. */
  @JsonProperty("Creating")
  CREATING,
  /** Everything wished runs. */
  @JsonProperty("Healthy")
  HEALTHY,
  /** A change is being rolled out. */
  @JsonProperty("Updating")
  UPDATING,
  /** The primary is being moved as planned. */
  @JsonProperty("SwitchingOver")
  SWITCHING_OVER,
  /** A component failed and is coming back. */
  @JsonProperty("Recovering")
  RECOVERING,
  /** It serves, but something wished is missing. */
  @JsonProperty("Degraded")
  DEGRADED,
  /** It does not serve. */
  @JsonProperty("Unavailable")
  UNAVAILABLE,
  /** It is stopped and keeps its data. */
  @JsonProperty("Hibernated")
  HIBERNATED,
  /** The operator leaves it alone. */
  @JsonProperty("Paused")
  PAUSED,
  /** The spec cannot work; it waits for an edit. */
  @JsonProperty("Stalled")
  STALLED,
  /** It is being removed. */
  @JsonProperty("Deleting")
  DELETING
}
