package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where filers keep names and folders. */
public enum FilerStore {
  /** In the managed PostgreSQL, shared by all filers. */
  @JsonProperty("Postgres")
  POSTGRES,
  /** In a file of the one filer. */
  @JsonProperty("Embedded")
  EMBEDDED
}
