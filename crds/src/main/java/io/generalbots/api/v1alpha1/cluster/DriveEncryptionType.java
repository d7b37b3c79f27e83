package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How objects are encrypted on the server. */
public enum DriveEncryptionType {
  /** With a key the server holds, on every bucket by default. */
  @JsonProperty("SseS3")
  SSE_S3,
  /** With a key each request brings; it cannot be a default of a bucket. */
  @JsonProperty("SseC")
  SSE_C
}
