package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a rule looks at, and in which unit. */
public enum ScalingMetric {
  /** Percentage of the CPU request. */
  @JsonProperty("Cpu")
  CPU,
  /** Percentage of the memory request. */
  @JsonProperty("Memory")
  MEMORY,
  /** Requests per second and bot server. */
  @JsonProperty("RequestsPerSecond")
  REQUESTS_PER_SECOND,
  /** Response time, 95th percentile. */
  @JsonProperty("ResponseTimeMillis")
  RESPONSE_TIME_MILLIS,
  /** Messages that wait. */
  @JsonProperty("QueueDepth")
  QUEUE_DEPTH,
  /** What a query of Prometheus comes to. */
  @JsonProperty("Query")
  QUERY
}
