package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where metrics are stored. */
public enum MetricsProvider {
  /** InfluxDB 2. */
  @JsonProperty("InfluxDb")
  INFLUX_DB
}
