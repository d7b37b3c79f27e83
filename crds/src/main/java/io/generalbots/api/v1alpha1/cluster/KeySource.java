package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where encryption keys are kept. */
public enum KeySource {
  /** In the vault. */
  @JsonProperty("Vault")
  VAULT,
  /** In a Kubernetes Secret. */
  @JsonProperty("Secret")
  SECRET
}
