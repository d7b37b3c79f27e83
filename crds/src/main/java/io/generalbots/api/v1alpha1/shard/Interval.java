package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Length of a partition. */
public enum Interval {
  /** A day. */
  @JsonProperty("Daily")
  DAILY,
  /** A week. */
  @JsonProperty("Weekly")
  WEEKLY,
  /** A month. */
  @JsonProperty("Monthly")
  MONTHLY,
  /** A year. */
  @JsonProperty("Yearly")
  YEARLY
}
