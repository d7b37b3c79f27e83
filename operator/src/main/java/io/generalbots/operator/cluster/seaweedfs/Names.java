package io.generalbots.operator.cluster.seaweedfs;

import io.generalbots.operator.kube.Part;

/** Names and keys of SeaweedFS's objects, each spelled once; the scripts use the same. */
final class Names {

  static final String COMPONENT = "seaweedfs";

  /** Beside the cluster's name, the Secret with the certificate of every role. */
  static final String SERVER_CERTIFICATE = "server";

  /** The keys by which the roles sign their calls. */
  static final String SIGNING = "signing";

  static final String IDENTITIES = "identities";
  static final String DATA = "data";
  static final String HTTPS = "https";

  /** S3 by TLS. */
  static final int HTTPS_PORT = 8334;

  /** SeaweedFS takes any; clients have to sign with one. */
  static final String REGION = "us-east-1";

  /** The database of the filers. */
  static final String DATABASE = "seaweedfs";

  private Names() {}

  /** What belongs to no role alone. */
  static Part part(String cluster) {
    return new Part(cluster, COMPONENT);
  }
}
