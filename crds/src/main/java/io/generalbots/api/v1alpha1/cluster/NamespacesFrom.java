package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which namespaces are meant. */
public enum NamespacesFrom {
  /** The namespace of the BotCluster. */
  @JsonProperty("Same")
  SAME,
  /** Namespaces with certain labels. */
  @JsonProperty("Selector")
  SELECTOR,
  /** All namespaces. */
  @JsonProperty("All")
  ALL
}
