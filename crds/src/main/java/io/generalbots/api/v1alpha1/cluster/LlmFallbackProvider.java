package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who answers when no language model does. */
public enum LlmFallbackProvider {
  /** A small model inside the BotCluster. */
  @JsonProperty("Local")
  LOCAL
}
