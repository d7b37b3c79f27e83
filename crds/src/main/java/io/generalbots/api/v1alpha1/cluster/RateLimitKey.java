package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What requests are counted by. */
public enum RateLimitKey {
  /** The address of the client. */
  @JsonProperty("Ip")
  IP,
  /** The signed-in user, else the address. */
  @JsonProperty("User")
  USER,
  /** The tenant of the host name. */
  @JsonProperty("Tenant")
  TENANT
}
