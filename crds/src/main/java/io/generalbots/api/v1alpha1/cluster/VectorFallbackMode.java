package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What bot servers use when Qdrant is away. */
public enum VectorFallbackMode {
  /** Keyword search in PostgreSQL. */
  @JsonProperty("KeywordSearch")
  KEYWORD_SEARCH
}
