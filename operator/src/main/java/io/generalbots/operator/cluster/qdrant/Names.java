package io.generalbots.operator.cluster.qdrant;

import io.generalbots.operator.kube.Part;

/** Names, ports and keys of Qdrant's objects, each spelled once; the script uses the same. */
final class Names {

  static final String COMPONENT = "qdrant";
  static final String HEADLESS = "headless";
  static final String SERVER_CERTIFICATE = "server";
  static final String DATA = "data";

  /** REST. */
  static final int HTTP_PORT = 6333;

  static final int GRPC_PORT = 6334;

  /** Between peers only. */
  static final int P2P_PORT = 6335;

  /** The role of a peer that clients are led to. */
  static final String PEER = "peer";

  /** The role of a peer that is to go: it still gives what it has to the others. */
  static final String LEAVING = "leaving";

  /** What the script leaves behind when the cluster did not let it in. */
  static final String NEWCOMER = "newcomer";

  /** The key of the published Secret that switches authentication on. */
  static final String API_KEY = "api-key";

  static final String AUTHORITY = "ca.crt";

  private Names() {}

  static Part part(String cluster) {
    return new Part(cluster, COMPONENT);
  }
}
