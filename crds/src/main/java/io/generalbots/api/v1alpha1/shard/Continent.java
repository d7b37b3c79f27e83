package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A continent by its code. */
public enum Continent {
  /** Africa. */
  @JsonProperty("AF")
  AF,
  /** Antarctica. */
  @JsonProperty("AN")
  AN,
  /** Asia. */
  @JsonProperty("AS")
  AS,
  /** Europe. */
  @JsonProperty("EU")
  EU,
  /** North America. */
  @JsonProperty("NA")
  NA,
  /** Oceania. */
  @JsonProperty("OC")
  OC,
  /** South America. */
  @JsonProperty("SA")
  SA
}
