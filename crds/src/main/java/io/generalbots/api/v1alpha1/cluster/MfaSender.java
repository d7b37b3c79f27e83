package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who sends codes. */
public enum MfaSender {
  /** Twilio. */
  @JsonProperty("Twilio")
  TWILIO
}
