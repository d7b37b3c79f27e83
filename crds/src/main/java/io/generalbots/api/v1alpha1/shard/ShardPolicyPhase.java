package io.generalbots.api.v1alpha1.shard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** State of a ShardPolicy in one word. */
public enum ShardPolicyPhase {
  /** It waits for its BotCluster. */
  @JsonProperty("Pending")
  PENDING,
  /** Shards are being made. */
  @JsonProperty("Provisioning")
  PROVISIONING,
  /** Data is where it belongs. */
  @JsonProperty("Ready")
  READY,
  /** A plan waits for approval. */
  @JsonProperty("PlanPending")
  PLAN_PENDING,
  /** Data is moving. */
  @JsonProperty("Resharding")
  RESHARDING,
  /** A shard is not as wished. */
  @JsonProperty("Degraded")
  DEGRADED,
  /** The spec cannot work; it waits for an edit. */
  @JsonProperty("Stalled")
  STALLED,
  /** It is being removed. */
  @JsonProperty("Deleting")
  DELETING
}
