package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who answers full-text queries. */
public enum SearchProvider {
  /** Qdrant, by its text indexes. */
  @JsonProperty("Qdrant")
  QDRANT,
  /** A Tantivy service. */
  @JsonProperty("Tantivy")
  TANTIVY
}
