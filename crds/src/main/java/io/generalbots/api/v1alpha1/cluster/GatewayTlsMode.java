package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where public certificates come from. */
public enum GatewayTlsMode {
  /** From the issuer that is named, or from where all certificates of the cluster come. */
  @JsonProperty("Automatic")
  AUTOMATIC,
  /** From a Secret. */
  @JsonProperty("Provided")
  PROVIDED,
  /** Nowhere: plain HTTP, for a proxy in front that ends TLS. */
  @JsonProperty("Disabled")
  DISABLED
}
