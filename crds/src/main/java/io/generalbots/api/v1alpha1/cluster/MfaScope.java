package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who or what needs a second factor. */
public enum MfaScope {
  /** Administrators. */
  @JsonProperty("Admin")
  ADMIN,
  /** Operations that cannot be undone or reveal secrets. */
  @JsonProperty("SensitiveOperations")
  SENSITIVE_OPERATIONS,
  /** Everybody. */
  @JsonProperty("AllUsers")
  ALL_USERS
}
