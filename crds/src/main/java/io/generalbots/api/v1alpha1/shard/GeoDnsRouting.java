package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How DNS tells users apart. */
public enum GeoDnsRouting {
  /** By their country and continent. */
  @JsonProperty("Geolocation")
  GEOLOCATION,
  /** Not at all: so many of each hundred to a region. */
  @JsonProperty("Weighted")
  WEIGHTED,
  /** Not at all: all to the default region, and to the next while that is down. */
  @JsonProperty("Failover")
  FAILOVER
}
