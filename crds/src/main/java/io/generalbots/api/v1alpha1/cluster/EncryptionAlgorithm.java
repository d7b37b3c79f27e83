package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How data at rest is encrypted. */
public enum EncryptionAlgorithm {
  /** AES-256-GCM. */
  @JsonProperty("Aes256Gcm")
  AES256_GCM
}
