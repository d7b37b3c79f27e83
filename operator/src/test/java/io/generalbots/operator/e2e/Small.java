package io.generalbots.operator.e2e;

/** Blocks of a spec, each in one line, for servers that are as few and as small as they may be. */
final class Small {

  static final String RESOURCES = "{requests: {cpu: 10m, memory: 48Mi}, limits: {memory: 512Mi}}";

  static final String POSTGRES = "{instances: 1, storage: {size: 1Gi}, pooler: {instances: 1}}";

  static final String VALKEY = "{replicas: 1, memory: 64Mi, persistence: {mode: Disabled}}";

  static final String VAULT = "{mode: Managed, replicas: 1, storage: {size: 256Mi}}";

  /** One pod of each role. */
  static final String SEAWEEDFS =
      """
      {masters: 1, volumes: {replicas: 1, replication: "000", storage: {size: 1Gi}, resources: %1$s},\
       filers: {replicas: 1, resources: %1$s}, s3: {replicas: 1, resources: %1$s}}"""
          .formatted(RESOURCES);

  private Small() {}
}
