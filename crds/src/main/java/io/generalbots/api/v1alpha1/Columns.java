package io.generalbots.api.v1alpha1;

/** JSON paths of the columns that {@code kubectl get} prints. */
final class Columns {

  static final String READY = ".status.conditions[?(@.type==\"Ready\")].status";
  static final String REASON = ".status.conditions[?(@.type==\"Ready\")].reason";
  static final String PHASE = ".status.phase";
  static final String CLUSTER = ".spec.clusterRef.name";
  static final String AGE = ".metadata.creationTimestamp";
  static final String POSTGRES = ".status.components[?(@.name==\"postgres\")].summary";
  static final String CACHE = ".status.components[?(@.name==\"valkey\")].summary";
  static final String VECTOR = ".status.components[?(@.name==\"qdrant\")].summary";
  static final String STORAGE = ".status.components[?(@.name==\"seaweedfs\")].summary";
  static final String RTC = ".status.components[?(@.name==\"livekit\")].summary";

  private Columns() {}
}
