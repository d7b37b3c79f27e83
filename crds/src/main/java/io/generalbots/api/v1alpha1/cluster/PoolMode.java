package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When a server connection goes back to the pool. */
public enum PoolMode {
  /** After each transaction. */
  @JsonProperty("Transaction")
  TRANSACTION,
  /** When the client disconnects. */
  @JsonProperty("Session")
  SESSION,
  /** After each statement; transactions of several statements are refused. */
  @JsonProperty("Statement")
  STATEMENT
}
