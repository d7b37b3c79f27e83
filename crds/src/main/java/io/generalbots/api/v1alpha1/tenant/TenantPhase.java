package io.generalbots.api.v1alpha1.tenant;

import com.fasterxml.jackson.annotation.JsonProperty;

/** State of a Tenant in one word. */
public enum TenantPhase {
  /** It waits for its BotCluster or shard. */
  @JsonProperty("Pending")
  PENDING,
  /** Its stores are being made. */
  @JsonProperty("Provisioning")
  PROVISIONING,
  /** It can be used. */
  @JsonProperty("Ready")
  READY,
  /** It moves to another shard. */
  @JsonProperty("Migrating")
  MIGRATING,
  /** It is closed and keeps its data. */
  @JsonProperty("Suspended")
  SUSPENDED,
  /** One of its stores is not as wished. */
  @JsonProperty("Degraded")
  DEGRADED,
  /** The spec cannot work; it waits for an edit. */
  @JsonProperty("Stalled")
  STALLED,
  /** It is being removed. */
  @JsonProperty("Deleting")
  DELETING
}
