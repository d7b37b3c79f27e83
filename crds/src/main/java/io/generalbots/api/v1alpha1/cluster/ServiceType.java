package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a Service is reached. */
public enum ServiceType {
  /** Inside the Kubernetes cluster. */
  @JsonProperty("ClusterIP")
  CLUSTER_IP,
  /** On a port of every node. */
  @JsonProperty("NodePort")
  NODE_PORT,
  /** Through a load balancer of the platform. */
  @JsonProperty("LoadBalancer")
  LOAD_BALANCER
}
