package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A second factor. */
public enum MfaMethod {
  /** An authenticator app. */
  @JsonProperty("Totp")
  TOTP,
  /** A code by text message. */
  @JsonProperty("Sms")
  SMS,
  /** A code by e-mail. */
  @JsonProperty("Email")
  EMAIL,
  /** A code by WhatsApp. */
  @JsonProperty("WhatsApp")
  WHATS_APP,
  /** A security key or passkey. */
  @JsonProperty("WebAuthn")
  WEB_AUTHN
}
