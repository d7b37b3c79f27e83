package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which secret store runs. */
public enum VaultEngine {
  /** OpenBao. */
  @JsonProperty("OpenBao")
  OPEN_BAO,
  /** HashiCorp Vault. */
  @JsonProperty("Vault")
  VAULT
}
