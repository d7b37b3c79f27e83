package io.generalbots.operator.cluster.seaweedfs;

import io.generalbots.operator.kube.Part;

/** What a process of SeaweedFS does; each role has pods of its own. */
enum Role {
  /** Knows which server has which volume, votes, and hands out tokens. */
  MASTER("seaweedfs-master", "master", "masters", 9333),
  /** Keeps the data. */
  VOLUME("seaweedfs-volume", "volume", "volume servers", 8080),
  /** Knows the names. */
  FILER("seaweedfs-filer", "filer", "filers", 8888),
  /** Speaks S3 to clients. */
  S3("s3", "s3", "gateways", 8333);

  /** SeaweedFS itself puts each role's port for gRPC so much higher. */
  private static final int GRPC_OFFSET = 10_000;

  private final String component;
  private final String command;
  private final String plural;
  private final int port;

  Role(String component, String command, String plural, int port) {
    this.component = component;
    this.command = command;
    this.plural = plural;
    this.port = port;
  }

  Part part(String cluster) {
    return new Part(cluster, component);
  }

  /** The subcommand of the program, and the name of the container. */
  String command() {
    return command;
  }

  /** As people call its pods. */
  String plural() {
    return plural;
  }

  int port() {
    return port;
  }

  int grpcPort() {
    return port + GRPC_OFFSET;
  }
}
