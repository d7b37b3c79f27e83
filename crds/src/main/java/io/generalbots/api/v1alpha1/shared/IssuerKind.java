package io.generalbots.api.v1alpha1.shared;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a cert-manager issuer lives. */
public enum IssuerKind {
  /** In the same namespace. */
  @JsonProperty("Issuer")
  ISSUER,
  /** For the whole Kubernetes cluster. */
  @JsonProperty("ClusterIssuer")
  CLUSTER_ISSUER
}
