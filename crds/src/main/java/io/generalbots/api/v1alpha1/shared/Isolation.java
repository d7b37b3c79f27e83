package io.generalbots.api.v1alpha1.shared;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a tenant is kept apart from the others. */
public enum Isolation {
  /** Servers of its own. */
  @JsonProperty("Cell")
  CELL,
  /** A database of its own on shared servers. */
  @JsonProperty("Database")
  DATABASE,
  /** A schema of its own in a shared database. */
  @JsonProperty("Schema")
  SCHEMA
}
